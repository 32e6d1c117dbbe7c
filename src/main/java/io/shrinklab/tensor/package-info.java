/**
 * Arrays of the engine as memory that plain loops pass over, portion by portion.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.tensor;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

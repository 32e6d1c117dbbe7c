/**
 * A data set by name, as training, validation and test arrays.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.data;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

/**
 * The penalty core: what a penalty costs, how it acts on a step, which parameters it sees.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.penalty;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

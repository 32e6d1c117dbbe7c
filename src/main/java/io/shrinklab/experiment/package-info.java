/**
 * From an experiment file to fully resolved runs: JSON in, records out. Knows nothing of engines or
 * results.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.experiment;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

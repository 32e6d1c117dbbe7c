/**
 * What a run leaves behind, as records: made by training, kept by results, read by analysis and
 * report.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.outcome;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

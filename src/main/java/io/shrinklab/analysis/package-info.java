/**
 * What a sweep says: pure computation on records. Paired differences, intervals, verdicts,
 * selection. No engine, no files. The methods and their evidence: docs/analysis.md.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.analysis;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;

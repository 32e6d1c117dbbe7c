/**
 * What a sweep says: pure computation on records. Paired differences, intervals, verdicts,
 * selection. No engine, no files. The methods and their evidence: docs/analysis.md.
 */
@NullMarked
package io.shrinklab.analysis;

import org.jspecify.annotations.NullMarked;

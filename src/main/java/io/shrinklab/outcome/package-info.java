/**
 * What a run leaves behind, as records: made by training, kept by results, read by analysis and
 * report.
 */
@NullMarked
package io.shrinklab.outcome;

import org.jspecify.annotations.NullMarked;

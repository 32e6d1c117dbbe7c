/**
 * From an experiment file to fully resolved runs: JSON in, records out. Knows nothing of engines or
 * results.
 */
@NullMarked
package io.shrinklab.experiment;

import org.jspecify.annotations.NullMarked;

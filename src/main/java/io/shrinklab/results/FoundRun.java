package io.shrinklab.results;

import io.shrinklab.spec.RunSpec;

/**
 * A run that was looked for.
 *
 * @param spec what was asked
 * @param stored what is there
 */
public record FoundRun(RunSpec spec, StoredRun stored) {}

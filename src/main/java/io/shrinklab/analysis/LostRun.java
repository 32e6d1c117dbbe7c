package io.shrinklab.analysis;

import io.shrinklab.spec.RunSpec;

/**
 * A planned run that is among the results, and that no number can be taken from.
 *
 * @param spec which one
 * @param fate DAMAGED or UNREADABLE
 * @param reason the file, and what is wrong with it
 */
public record LostRun(RunSpec spec, RunFate fate, String reason) {}

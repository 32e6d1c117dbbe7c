package io.shrinklab.sweep;

/**
 * What a sweep is about to do.
 *
 * @param runs all that were asked
 * @param kept complete from before
 * @param copied taken from another place under the same results root, where they were trained
 * @param toTrain the rest
 * @param retried of the rest, those that had failed before
 * @param damaged of the rest, those whose files were not what was once written
 * @param workers processes that will train
 */
public record SweepPlan(
    long runs, long kept, long copied, long toTrain, long retried, long damaged, int workers) {}

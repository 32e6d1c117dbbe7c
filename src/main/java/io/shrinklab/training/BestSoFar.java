package io.shrinklab.training;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;

/**
 * The epoch that the run would be judged at if it ended here: the first of the highest validation
 * score, or the last.
 *
 * @param epoch its row
 * @param weights after it
 */
record BestSoFar(EpochMetrics epoch, Snapshot weights) {
  /** With the test part, as it was read at these weights. */
  BestEpoch tested(Evaluation test) {
    return new BestEpoch(
        epoch.epoch(),
        epoch.validationScore(),
        epoch.validationLoss(),
        test.score(),
        test.loss(),
        Double.isNaN(test.accuracy()) ? null : Double.valueOf(test.accuracy()));
  }
}

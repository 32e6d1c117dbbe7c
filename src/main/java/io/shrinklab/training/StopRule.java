package io.shrinklab.training;

import io.shrinklab.experiment.EarlyStopping;
import io.shrinklab.experiment.Pruning;
import io.shrinklab.experiment.TrainingSpec;
import io.shrinklab.outcome.EpochMetrics;

/**
 * When a run ends before its last epoch: out of patience, or hopeless. Both are off unless asked
 * for.
 */
final class StopRule {
  private final TrainingSpec training;
  private double best = Double.NEGATIVE_INFINITY;
  private double scoreToBeat = Double.NEGATIVE_INFINITY;
  private int epochsWithoutProgress;
  private String reason = "";

  StopRule(TrainingSpec training) {
    this.training = training;
  }

  /** Takes an epoch in. */
  void afterEpoch(EpochMetrics metrics) {
    double score = metrics.validationScore();
    best = Math.max(best, score);
    if (metrics.epoch() == training.epochs()) {
      return;
    }
    EarlyStopping stopping = training.earlyStopping();
    if (stopping != null) {
      if (score > scoreToBeat + stopping.minimumChange()) {
        scoreToBeat = score;
        epochsWithoutProgress = 0;
      } else if (++epochsWithoutProgress >= stopping.patience()) {
        reason =
            "stopped early after epoch "
                + metrics.epoch()
                + " of "
                + training.epochs()
                + ": no better validation score for "
                + stopping.patience()
                + " epochs";
      }
    }
    Pruning pruning = training.pruning();
    if (pruning != null
        && metrics.epoch() == pruning.afterEpochs()
        && best < pruning.minimumScore()) {
      reason =
          "pruned after epoch "
              + metrics.epoch()
              + " of "
              + training.epochs()
              + ": best validation score "
              + best
              + " is below "
              + pruning.minimumScore();
    }
  }

  /** Whether the run is to end now. */
  boolean isOver() {
    return !reason.isEmpty();
  }

  /** Why it ended before its last epoch; empty when it did not. */
  String reason() {
    return reason;
  }
}

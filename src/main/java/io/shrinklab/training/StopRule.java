package io.shrinklab.training;

import io.shrinklab.spec.EarlyStopping;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.TrainingSpec;

/**
 * When a run ends before its last epoch: out of patience, or hopeless. Both are off unless asked
 * for, and neither ends a run whose last epoch is done anyway.
 *
 * <p>Patience counts the epochs since the score last exceeded its reference by more than the
 * minimum change; that score then is the reference. Many small gains add up against one reference,
 * as with {@code min_delta} in Keras and PyTorch Lightning. Which epoch is the best, and so where
 * the test part is read, the minimum change does not touch: that is the highest score, by however
 * little.
 */
final class StopRule {
  private final TrainingSpec training;
  private double best = Double.NEGATIVE_INFINITY;
  private double reference = Double.NEGATIVE_INFINITY;
  private int epochsWithoutProgress;
  private String reason = "";

  StopRule(TrainingSpec training) {
    this.training = training;
  }

  /**
   * Takes an epoch in.
   *
   * @param epoch counted from 1
   * @param validationScore finite, since an epoch with any other is a divergence; larger is better
   */
  void afterEpoch(int epoch, double validationScore) {
    best = Math.max(best, validationScore);
    if (epoch == training.epochs()) {
      return;
    }
    String when = " after epoch " + epoch + " of " + training.epochs() + ": ";
    EarlyStopping stopping = training.earlyStopping();
    if (stopping != null && isOutOfPatience(stopping, validationScore)) {
      reason = "stopped early" + when + missed(stopping);
    }
    // Last, so that a run which is both counts as hopeless.
    Pruning pruning = training.pruning();
    if (pruning != null && epoch == pruning.afterEpochs() && best < pruning.minimumScore()) {
      reason =
          "pruned" + when + "best validation score " + best + " is below " + pruning.minimumScore();
    }
  }

  private boolean isOutOfPatience(EarlyStopping stopping, double score) {
    if (score > reference + stopping.minimumChange()) {
      reference = score;
      epochsWithoutProgress = 0;
      return false;
    }
    return ++epochsWithoutProgress >= stopping.patience();
  }

  private static String missed(EarlyStopping stopping) {
    String what =
        stopping.minimumChange() == 0
            ? "no better validation score"
            : "no validation score better by more than " + stopping.minimumChange();
    return what + " for " + stopping.patience() + (stopping.patience() == 1 ? " epoch" : " epochs");
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

package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;

/**
 * One run at one epoch.
 *
 * @param epoch counted from 1
 * @param validationScore larger is better
 * @param validationLoss data loss, mean over rows
 * @param trainingScore in evaluation mode, on the rows trained on
 * @param trainingLoss data loss, mean over rows
 * @param lpNorm (sum |w|^p)^(1/p)
 * @param nearZeroFraction share of the weights below the experiment's threshold
 * @param exactZeroFraction share of the weights that are exactly 0
 * @param gradientRatio norm of the penalty's gradient over that of the data loss's
 */
public record EpochValues(
    int epoch,
    double validationScore,
    double validationLoss,
    double trainingScore,
    double trainingLoss,
    double lpNorm,
    double nearZeroFraction,
    double exactZeroFraction,
    double gradientRatio) {

  static EpochValues of(EpochMetrics row) {
    return new EpochValues(
        row.epoch(),
        row.validationScore(),
        row.validationLoss(),
        row.trainScore(),
        row.trainLoss(),
        row.lpNorm(),
        row.nearZeroFraction(),
        row.exactZeroFraction(),
        row.gradientRatio());
  }

  /** Training score minus validation score: how much of what was learned does not carry over. */
  public double gap() {
    return trainingScore - validationScore;
  }
}

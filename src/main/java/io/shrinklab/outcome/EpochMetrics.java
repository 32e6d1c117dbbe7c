package io.shrinklab.outcome;

/**
 * One row of {@code metrics.csv}: a run after one epoch. Losses are means over rows of the data
 * loss in evaluation mode and never include the penalty; scores are larger the better.
 *
 * @param epoch counted from 1
 * @param trainLoss data loss on the training part
 * @param trainScore score on the training part
 * @param validationLoss data loss on the validation part
 * @param validationScore score on the validation part
 * @param penalty what the penalty adds to the loss: lambda * power sum over the penalized
 *     parameters; 0 for none
 * @param lpNorm (sum |w|^p)^(1/p) over the multiplicative weights, p of the variant, 2 where it has
 *     none
 * @param lpPowerSum sum |w|^p over the same
 * @param nearZeroFraction share of the multiplicative weights with |w| below {@code
 *     training.nearZero}
 * @param learningRate in force at the epoch's last step
 * @param seconds wall time of the epoch, evaluation included
 * @param totalLoss trainLoss + penalty
 * @param exactZeroFraction share of the multiplicative weights that are exactly 0
 * @param gradientRatio Euclidean norm of the penalty's gradient over that of the data loss's
 *     gradient, on the penalized parameters, at the epoch's last batch; 0 without a penalty
 * @param trainAccuracy share of right decisions on the training part, where the score is another
 *     measure (a multi-label task); NaN where it is accuracy itself, and in regression
 * @param validationAccuracy likewise on the validation part
 */
public record EpochMetrics(
    int epoch,
    double trainLoss,
    double trainScore,
    double validationLoss,
    double validationScore,
    double penalty,
    double lpNorm,
    double lpPowerSum,
    double nearZeroFraction,
    double learningRate,
    double seconds,
    double totalLoss,
    double exactZeroFraction,
    double gradientRatio,
    double trainAccuracy,
    double validationAccuracy) {}

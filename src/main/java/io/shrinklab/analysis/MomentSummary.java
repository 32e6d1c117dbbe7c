package io.shrinklab.analysis;

/**
 * A variant's completed runs at one moment, over seeds.
 *
 * @param validationScore larger is better
 * @param validationLoss data loss
 * @param trainingScore in evaluation mode
 * @param trainingLoss data loss
 * @param gap training score minus validation score
 * @param lpNorm (sum |w|^p)^(1/p), p of the variant
 * @param nearZeroFraction share of the weights below the experiment's threshold
 * @param exactZeroFraction share of the weights that are exactly 0
 * @param gradientRatio norm of the penalty's gradient over that of the data loss's
 */
public record MomentSummary(
    Estimate validationScore,
    Estimate validationLoss,
    Estimate trainingScore,
    Estimate trainingLoss,
    Estimate gap,
    Estimate lpNorm,
    Estimate nearZeroFraction,
    Estimate exactZeroFraction,
    Estimate gradientRatio) {}

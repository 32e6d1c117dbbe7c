package io.shrinklab.analysis;

/**
 * A variant on its family's curves: any of the three abscissas against any of the scores.
 *
 * @param variant its name
 * @param strength lambda, or the decay; 0 for the anchor
 * @param anchor whether this is the setting's variant without a penalty, which every family shares
 * @param norm lp_norm at the last epoch, p of the variant
 * @param gradientRatio norm of the penalty's gradient over the data loss's, at the last epoch
 * @param bestScore validation score at the best epoch
 * @param lastScore validation score at the last epoch
 * @param trainingScore training score at the best epoch
 */
public record CurvePoint(
    String variant,
    double strength,
    boolean anchor,
    Estimate norm,
    Estimate gradientRatio,
    Estimate bestScore,
    Estimate lastScore,
    Estimate trainingScore) {}

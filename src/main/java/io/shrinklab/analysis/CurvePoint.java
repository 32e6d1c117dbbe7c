package io.shrinklab.analysis;

/**
 * A variant on its family's curves.
 *
 * @param variant its name
 * @param strength lambda, or the decay; 0 for the anchor
 * @param anchor whether this is the setting's variant without a penalty, which every family shares
 * @param norm lp_norm at the last epoch; of an anchor with another p than the family's, nothing
 * @param best at the epoch that validation chose
 * @param last at the last epoch
 */
public record CurvePoint(
    String variant,
    double strength,
    boolean anchor,
    Estimate norm,
    MomentSummary best,
    MomentSummary last) {}

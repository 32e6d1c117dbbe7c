package io.shrinklab.outcome;

/**
 * The epoch that the validation score chose (the first of the highest), and the test part read
 * once, there.
 *
 * @param epoch counted from 1
 * @param validationScore the highest
 * @param validationLoss at that epoch
 * @param testScore at that epoch's weights
 * @param testLoss at that epoch's weights
 */
public record BestEpoch(
    int epoch, double validationScore, double validationLoss, double testScore, double testLoss) {}

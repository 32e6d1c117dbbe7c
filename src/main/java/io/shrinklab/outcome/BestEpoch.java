package io.shrinklab.outcome;

import org.jspecify.annotations.Nullable;

/**
 * The epoch that a run is judged at, by its {@code training.selection}: the first of the highest
 * validation score, or the last. The test part is read once, there.
 *
 * @param epoch counted from 1
 * @param validationScore at that epoch
 * @param validationLoss at that epoch
 * @param testScore at that epoch's weights
 * @param testLoss at that epoch's weights
 * @param testAccuracy likewise, where the score is another measure; null where there is none
 */
public record BestEpoch(
    int epoch,
    double validationScore,
    double validationLoss,
    double testScore,
    double testLoss,
    @Nullable Double testAccuracy) {}

package io.shrinklab.analysis;

/**
 * Why a variant is said to overfit: means over seeds at the last epoch.
 *
 * @param gap training score minus validation score
 * @param rise of the validation loss after its minimum
 * @param lowestLoss that minimum
 */
public record Overfitting(double gap, double rise, double lowestLoss) {}

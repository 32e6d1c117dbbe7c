package io.shrinklab.outcome;

import java.util.List;

/**
 * One optimizer step: what it began with, and what it did to the weights.
 *
 * @param step counted from 1 over the whole run
 * @param epoch counted from 1
 * @param rows in the batch
 * @param dataLoss mean over the batch, in training mode
 * @param penalty lambda * power sum over the penalized parameters, the article's reg_psum_loss
 *     times lambda
 * @param lpNorm (power sum)^(1/p) over the penalized parameters, the article's reg_loss
 * @param lpPowerSum power sum over the penalized parameters
 * @param totalLoss dataLoss + penalty
 * @param dataGradientNorm Euclidean norm of the data loss's gradient on the penalized parameters
 * @param penaltyGradientNorm the same of the penalty's
 * @param learningRate of this step
 * @param onWeights whether the penalty acts on the weights after the optimizer's own step, and not
 *     through the gradient
 * @param weights all multiplicative weights together; all parameters where there are no such
 *     weights
 * @param layers every parameter that is trained
 * @param fingerprint of the bits of all of them before the step
 */
public record StepMetrics(
    long step,
    int epoch,
    int rows,
    double dataLoss,
    double penalty,
    double lpNorm,
    double lpPowerSum,
    double totalLoss,
    double dataGradientNorm,
    double penaltyGradientNorm,
    double learningRate,
    boolean onWeights,
    LayerStep weights,
    List<LayerStep> layers,
    long fingerprint) {
  /** Copies the list. */
  public StepMetrics {
    layers = List.copyOf(layers);
  }
}

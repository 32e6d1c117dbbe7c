package io.shrinklab.penalty;

/**
 * A penalty on the values of one parameter: a function of the weights, what it adds to the loss,
 * and how it can act on a step. Implementations keep no state of a run, so one object serves one
 * parameter from the first step to the last.
 *
 * <p>{@code scale} is the schedule's factor on the penalty's strength, between 0 and 1.
 */
public interface Penalty {

  /** What is added to the loss: for Lp, {@code scale * lambda * sum |w|^p}. */
  double cost(Tensor weights, double scale);

  /**
   * Adds the gradient of {@link #cost} to a gradient, in place. Where the cost has a corner the
   * subgradient nearest 0 is taken.
   *
   * @param weights where the gradient is taken; not changed
   * @param gradient of the same shape; changed
   */
  void addGradient(Tensor weights, Tensor gradient, double scale);

  /**
   * The coefficient c where the gradient is exactly {@code c * w}, else 0. Then the optimizer's
   * native decay, which it computes anyway, stands in for {@link #addGradient} at no cost.
   */
  default double linearCoefficient(double scale) {
    return 0;
  }

  /**
   * The proximal step, in place: {@code w <- argmin over x of sum (x_i - w_i)^2 / (2 s_i) +
   * cost(x)}, with {@code s} the optimizer's step sizes; with one size s for all it is the proximal
   * operator of s times the cost.
   *
   * @throws UnsupportedOperationException when the penalty has no proximal operator
   */
  default void proximalStep(Tensor weights, StepSizes steps, double scale) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no proximal operator");
  }

  /**
   * The decoupled step for any p, {@code w <- w / (1 + step * gradient(old) / old)}, in place
   * (Outmezguine and Levi 2024, arXiv 2404.10824).
   *
   * @param weights after the optimizer's step on the data loss alone; changed
   * @param old the weights before that step
   * @param step the learning rate
   * @throws UnsupportedOperationException when the penalty has no such step
   */
  default void decoupledStep(Tensor weights, Tensor old, double step, double scale) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no decoupled step");
  }
}

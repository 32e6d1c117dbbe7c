package io.shrinklab.penalty;

import org.apiguardian.api.API;

/**
 * A penalty on the values of one parameter: a function of the weights, what it adds to the loss,
 * and how it can act on a step. It sees a parameter in portions of a few thousand elements, copied
 * out of the engine's memory, so that a step passes over that memory once. Implementations keep no
 * state of a run but may keep scratch memory: one object serves one parameter and one thread.
 *
 * <p>Arrays may be longer than {@code count}; what lies beyond is not to be read. {@code scale} is
 * the schedule's factor on the penalty's strength, between 0 and 1.
 */
@API(status = API.Status.STABLE)
public interface Penalty {

  /**
   * How many neighbouring elements belong together: {@code count} is always a multiple of it. 1
   * where the penalty is a sum over elements.
   */
  default int groupLength() {
    return 1;
  }

  /** What a portion adds to the loss: for Lp, {@code scale * lambda * sum |w|^p}. */
  double cost(float[] weights, int count, double scale);

  /**
   * Adds the gradient of {@link #cost} to a gradient. Where the cost has a corner the subgradient
   * nearest 0 is taken.
   *
   * @param weights where the gradient is taken; not changed
   * @param gradient changed
   */
  void addGradient(float[] weights, float[] gradient, int count, double scale);

  /**
   * The coefficient c where the gradient is exactly {@code c * w}, else 0. Then the optimizer's own
   * coupled decay, which it computes anyway, stands in for {@link #addGradient}, and is the same
   * treatment to the last bit.
   */
  default double linearCoefficient(double scale) {
    return 0;
  }

  /**
   * How far weights are from where loss and cost balance: the largest distance of an element, or of
   * a group's vector, of the negative gradient from the subdifferential of the cost at full
   * strength. 0 at an optimum.
   *
   * @param gradient of the data loss; may be changed
   * @return NaN where nobody knows the subdifferential
   */
  default double imbalance(float[] weights, float[] gradient, int count) {
    return Double.NaN;
  }

  /**
   * The proximal step: {@code w <- argmin over x of sum (x_i - w_i)^2 / (2 s_i) + cost(x)}. With
   * one step size s for all it is the proximal operator of s times the cost. The optimizer's own
   * step sizes must be used, or it settles at another penalty than the gradient would (Yun, Lozano
   * and Yang 2021, "Adaptive proximal gradient methods for structured neural networks").
   *
   * @param weights changed
   * @param steps how far the optimizer moves each element per unit of gradient; may be changed
   * @throws UnsupportedOperationException when the penalty has no proximal operator
   */
  default void proximalStep(float[] weights, float[] steps, int count, double scale) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no proximal operator");
  }

  /**
   * The decoupled step for any p, {@code w <- w / (1 + rate * gradient(old) / old)} (Outmezguine
   * and Levi 2024, arXiv 2404.10824).
   *
   * @param weights after the optimizer's step on the data loss alone; changed
   * @param old the weights before that step; may be changed
   * @param rate the learning rate
   * @throws UnsupportedOperationException when the penalty has no such step
   */
  default void decoupledStep(float[] weights, float[] old, int count, double rate, double scale) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no decoupled step");
  }
}

package io.shrinklab.penalty;

/**
 * The proximal operator of {@code t * |x|^p}: {@code v -> argmin over x of (x - v)^2 / 2 + t *
 * |x|^p}, applied to every element in place.
 */
sealed interface ProximalOperator
    permits HardThreshold, ThresholdedPower, SoftThreshold, Shrinkage, SmoothPower {

  /**
   * Applies the operator, each element with a {@code t} of its own: strength times step.
   *
   * @param v changed
   * @param steps the optimizer's; may be changed
   * @param count how many elements, at most {@link Portions#LENGTH}
   * @param strength the penalty's, above 0
   */
  void apply(float[] v, float[] steps, int count, float strength);

  /** The operator for an exponent of at least 0. */
  static ProximalOperator of(double p) {
    if (p == 0) {
      return new HardThreshold();
    }
    if (p < 1) {
      return new ThresholdedPower(p);
    }
    if (p == 1) {
      return new SoftThreshold();
    }
    return p == 1.5 || p == 2 || p == 3 ? new Shrinkage(p) : new SmoothPower(p);
  }
}

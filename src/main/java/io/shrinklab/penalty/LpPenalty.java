package io.shrinklab.penalty;

/**
 * {@code lambda * sum |w|^p} for p &gt;= 0; p = 2 is ridge, p = 1 the lasso, p = 0 counts
 * non-zeros.
 *
 * <p>The gradient is {@code lambda * p * |w|^(p-1) * sign(w)}, and 0 at w = 0. For p &lt; 1 it
 * would be infinite there, so it is that of {@code (w^2 + epsilon)^(p/2)}: {@code lambda * p * w *
 * (w^2 + epsilon)^(p/2-1)}. The cost is always the exact power sum.
 */
final class LpPenalty implements Penalty {
  private final double p;
  private final double lambda;
  private final float epsilon;
  private final PowerKernel kernel;

  /**
   * Makes one.
   *
   * @param p at least 0
   * @param lambda at least 0
   * @param epsilon smooths the gradient where p is below 1
   */
  LpPenalty(double p, double lambda, double epsilon) {
    this.p = p;
    this.lambda = lambda;
    this.epsilon = (float) epsilon;
    this.kernel = PowerKernel.of(p);
  }

  @Override
  public double cost(float[] weights, int count, double scale) {
    return scale * lambda * kernel.powerSum(weights, count);
  }

  @Override
  public double linearCoefficient(double scale) {
    return kernel.linearCoefficient() * lambda * scale;
  }

  @Override
  public void addGradient(float[] weights, float[] gradient, int count, double scale) {
    kernel.addGradient(gradient, weights, count, (float) (scale * lambda * p), epsilon);
  }

  /** Below p = 1 every 0 is a minimum of its own. */
  @Override
  public double imbalance(float[] weights, float[] gradient, int count) {
    if (p < 1) {
      return Double.NaN;
    }
    if (p == 1 || p == 2) {
      return ElasticNetPenalty.imbalance(
          weights, gradient, count, p == 1 ? lambda : 0, p == 2 ? lambda : 0);
    }
    addGradient(weights, gradient, count, 1);
    return ElasticNetPenalty.imbalance(weights, gradient, count, 0, 0);
  }

  @Override
  public void proximalStep(float[] weights, float[] steps, int count, double scale) {
    if (scale * lambda > 0) {
      kernel.proximalStep(weights, steps, count, (float) (scale * lambda));
    }
  }

  @Override
  public void decoupledStep(float[] weights, float[] old, int count, double rate, double scale) {
    float c = (float) (p * rate * scale * lambda);
    if (c != 0) {
      kernel.shrink(weights, old, count, c);
    }
  }
}

package io.shrinklab.penalty;

/**
 * The elastic net {@code l1 * sum |w| + l2 * sum w^2} (Zou and Hastie 2005), l2 without the 1/2 of
 * some texts.
 */
final class ElasticNetPenalty implements Penalty {
  private final double l1;
  private final double l2;
  private final LpPenalty first;
  private final LpPenalty second;

  ElasticNetPenalty(double l1, double l2) {
    this.l1 = l1;
    this.l2 = l2;
    this.first = new LpPenalty(1, l1, 0);
    this.second = new LpPenalty(2, l2, 0);
  }

  @Override
  public double cost(float[] weights, int count, double scale) {
    return first.cost(weights, count, scale) + second.cost(weights, count, scale);
  }

  @Override
  public void addGradient(float[] weights, float[] gradient, int count, double scale) {
    first.addGradient(weights, gradient, count, scale);
    second.addGradient(weights, gradient, count, scale);
  }

  @Override
  public double imbalance(float[] weights, float[] gradient, int count) {
    return imbalance(weights, gradient, count, l1, l2);
  }

  /** At 0 the corner balances a gradient of up to l1. */
  static double imbalance(float[] w, float[] g, int count, double l1, double l2) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double smooth = g[i] + 2 * l2 * w[i];
      double left =
          w[i] == 0
              ? Math.max(0, Math.abs(smooth) - l1)
              : Math.abs(smooth + Math.copySign(l1, w[i]));
      largest = Math.max(largest, left);
    }
    return largest;
  }

  /**
   * Soft threshold by s * l1, then division by 1 + 2 * s * l2: the operator of the sum, exactly.
   */
  @Override
  public void proximalStep(float[] weights, float[] steps, int count, double scale) {
    // Without a first part this is ridge, to the sign of a zero.
    first.proximalStep(weights, steps, count, scale);
    second.proximalStep(weights, steps, count, scale);
  }
}

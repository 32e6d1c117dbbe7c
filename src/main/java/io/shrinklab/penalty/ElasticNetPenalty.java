package io.shrinklab.penalty;

/**
 * The elastic net {@code l1 * sum |w| + l2 * sum w^2} (Zou and Hastie 2005), l2 without the 1/2 of
 * some texts.
 */
final class ElasticNetPenalty implements Penalty {
  private final LpPenalty first;
  private final LpPenalty second;
  private final double l2;

  ElasticNetPenalty(double l1, double l2) {
    this.first = new LpPenalty(1, l1, 0);
    this.second = new LpPenalty(2, l2, 0);
    this.l2 = l2;
  }

  @Override
  public double cost(Tensor weights, double scale) {
    return first.cost(weights, scale) + second.cost(weights, scale);
  }

  @Override
  public void addGradient(Tensor weights, Tensor gradient, double scale) {
    first.addGradient(weights, gradient, scale);
    second.addGradient(weights, gradient, scale);
  }

  /**
   * Soft threshold by s * l1, then division by 1 + 2 * s * l2: the operator of the sum, exactly.
   */
  @Override
  public void proximalStep(Tensor weights, StepSizes steps, double scale) {
    first.proximalStep(weights, steps, scale);
    if (l2 > 0) {
      second.proximalStep(weights, steps, scale);
    }
  }
}

package io.shrinklab.penalty;

/**
 * The elastic net {@code l1 * sum |w| + l2 * sum w^2} (Zou and Hastie 2005), l2 without the 1/2 of
 * some texts.
 */
final class ElasticNetPenalty implements Penalty {
  private final LpPenalty first;
  private final LpPenalty second;
  private final double l1;
  private final double l2;

  ElasticNetPenalty(double l1, double l2) {
    this.first = new LpPenalty(1, l1, 0);
    this.second = new LpPenalty(2, l2, 0);
    this.l1 = l1;
    this.l2 = l2;
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

  /**
   * Soft threshold by s * l1, then division by 1 + 2 * s * l2: the operator of the sum, exactly.
   */
  @Override
  public void proximalStep(float[] weights, float[] steps, int count, double scale) {
    if (l1 == 0) {
      // The same treatment as ridge, to the sign of a zero.
      second.proximalStep(weights, steps, count, scale);
    } else {
      shrink(weights, steps, count, (float) (scale * l1), (float) (2 * scale * l2));
    }
  }

  /** One of the two terms of the soft threshold is 0; no branch, so it vectorizes. */
  private static void shrink(float[] v, float[] s, int n, float first, float second) {
    for (int i = 0; i < n; i++) {
      float t = first * s[i];
      float threshold = Math.max(v[i] - t, 0f) + Math.min(v[i] + t, 0f);
      v[i] = Shrinkage.withoutDust(threshold / (1 + second * s[i]));
    }
  }
}

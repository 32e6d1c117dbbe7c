package io.shrinklab.penalty;

/**
 * Group lasso {@code lambda * sum over groups of the group's Euclidean norm} (Yuan and Lin 2006,
 * without their factor for the group's size). A group is a slice along the first axis: a neuron's
 * incoming weights, or a filter.
 */
final class GroupLassoPenalty implements Penalty {
  private final double lambda;
  private final Chunks chunks = new Chunks();

  GroupLassoPenalty(double lambda) {
    this.lambda = lambda;
  }

  @Override
  public double cost(Tensor weights, double scale) {
    double sum = 0;
    for (int group = 0; group < weights.groups(); group++) {
      sum += norm(weights, group);
    }
    return scale * lambda * sum;
  }

  /** w over its group's norm; 0 for a group that is 0. */
  @Override
  public void addGradient(Tensor weights, Tensor gradient, double scale) {
    int length = weights.size() / weights.groups();
    for (int group = 0; group < weights.groups(); group++) {
      double norm = norm(weights, group);
      if (norm > 0) {
        float c = (float) (scale * lambda / norm);
        chunks.combine(
            gradient.memory(),
            weights.memory(),
            group * length,
            (group + 1) * length,
            (g, w, n) -> {
              for (int i = 0; i < n; i++) {
                g[i] += c * w[i];
              }
            });
      }
    }
  }

  /**
   * The block soft threshold. With step sizes s and {@code t = lambda * s} the minimum has {@code
   * x_i = w_i n / (n + t_i)}, n its norm, so that n solves {@code sum (w_i / (n + t_i))^2 = 1}; it
   * is 0 where that sum is at most 1 already at n = 0. With one size for all this is {@code w *
   * max(0, 1 - t / norm(w))}.
   */
  @Override
  public void proximalStep(Tensor weights, StepSizes steps, double scale) {
    if (scale * lambda == 0) {
      return;
    }
    int length = weights.size() / weights.groups();
    float[] w = new float[length];
    float[] t = new float[length];
    for (int group = 0; group < weights.groups(); group++) {
      weights.memory().get(group * length, w);
      steps.read(group * length, t, length);
      for (int i = 0; i < length; i++) {
        t[i] *= (float) (scale * lambda);
      }
      double norm = normAfter(w, t);
      for (int i = 0; i < length; i++) {
        w[i] = norm > 0 ? (float) (w[i] * norm / (norm + t[i])) : 0f;
      }
      weights.memory().put(group * length, w);
    }
  }

  /**
   * Newton's method on sum^(-1/2) - 1, which is linear in n when all t are equal and nearly so
   * otherwise (the secular equation of Moré and Sorensen 1983). The steps rise to the root from any
   * start below it; the largest t shrinks most, so norm(w) - max t is one.
   */
  private static double normAfter(float[] w, float[] t) {
    float largest = 0;
    double squares = 0;
    for (int i = 0; i < w.length; i++) {
      largest = Math.max(largest, w[i] == 0 ? 0 : t[i]);
      squares += (double) w[i] * w[i];
    }
    double norm = Math.max(0, Math.sqrt(squares) - largest);
    for (int step = 0; step < 50; step++) {
      double sum = 0;
      double slope = 0;
      for (int i = 0; i < w.length; i++) {
        // An element that is 0 has no share, even where norm and t are 0 too.
        double inverse = w[i] == 0 ? 0 : 1 / (norm + t[i]);
        double share = w[i] * inverse;
        sum += share * share;
        slope += share * share * inverse;
      }
      double next = norm + (Math.sqrt(sum) - 1) * sum / slope;
      if (!(sum > 1) || next <= norm * (1 + 1e-7)) {
        return norm;
      }
      norm = next;
    }
    return norm;
  }

  private double norm(Tensor weights, int group) {
    int length = weights.size() / weights.groups();
    return Math.sqrt(
        chunks.sum(weights.memory(), group * length, (group + 1) * length, PowerSum.of(2)));
  }
}

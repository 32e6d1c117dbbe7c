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
      double[] sums = sums(w, t, (float) norm);
      double next = norm + (Math.sqrt(sums[0]) - 1) * sums[0] / sums[1];
      if (!(sums[0] > 1) || next <= norm * (1 + 1e-6)) {
        return norm;
      }
      norm = next;
    }
    return norm;
  }

  /** The sums over (w / (norm + t))^2 and over the same divided by norm + t, four at a time. */
  private static double[] sums(float[] w, float[] t, float norm) {
    double[] sums = new double[2];
    float[] square = new float[Chunks.LENGTH];
    float[] slope = new float[Chunks.LENGTH];
    for (int from = 0; from < w.length; from += Chunks.LENGTH) {
      int count = Math.min(Chunks.LENGTH, w.length - from);
      for (int i = 0; i < count; i++) {
        // Where norm and t are both 0 so is w, or the element would be without bound.
        float inverse = 1 / (norm + t[from + i] + Float.MIN_NORMAL);
        float share = w[from + i] * inverse;
        square[i] = share * share;
        slope[i] = share * share * inverse;
      }
      sums[0] += sum(square, count);
      sums[1] += sum(slope, count);
    }
    return sums;
  }

  private static double sum(float[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return a + b + c + d;
  }

  private double norm(Tensor weights, int group) {
    int length = weights.size() / weights.groups();
    return Math.sqrt(
        chunks.sum(weights.memory(), group * length, (group + 1) * length, PowerSum.of(2)));
  }
}

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

  /** The block soft threshold {@code w * max(0, 1 - step * lambda / norm)}. */
  @Override
  public void proximalStep(Tensor weights, double step, double scale) {
    int length = weights.size() / weights.groups();
    for (int group = 0; group < weights.groups(); group++) {
      double norm = norm(weights, group);
      double threshold = step * scale * lambda;
      float factor = norm > threshold ? (float) (1 - threshold / norm) : 0f;
      chunks.update(
          weights.memory(),
          group * length,
          (group + 1) * length,
          (w, n) -> {
            for (int i = 0; i < n; i++) {
              w[i] *= factor;
            }
          });
    }
  }

  private double norm(Tensor weights, int group) {
    int length = weights.size() / weights.groups();
    return Math.sqrt(
        chunks.sum(weights.memory(), group * length, (group + 1) * length, PowerSum.of(2)));
  }
}

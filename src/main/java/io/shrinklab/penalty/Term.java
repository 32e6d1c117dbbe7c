package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * The penalty on one parameter; {@code scale} is the schedule's factor on its strength.
 *
 * @param parameter its index in the network
 * @param acting how it acts on a step with a scale
 */
record Term(int parameter, Tensor weights, Penalty penalty, DoubleFunction<Action> acting) {
  /** What it adds to the loss. */
  double cost(double scale) {
    return sum((portion, count) -> penalty.cost(portion, count, scale));
  }

  /** The squared norm of the gradient of {@link #cost}, however it acts: for reports. */
  double gradientSquares(double scale) {
    float[] gradient = new float[Math.min(Portions.length(penalty.groupLength()), weights.size())];
    return sum(
        (portion, count) -> {
          Arrays.fill(gradient, 0f);
          penalty.addGradient(portion, gradient, count, scale);
          return PowerKernel.squares(gradient, count);
        });
  }

  /**
   * Writes the gradient of {@link #cost}, however it acts: for reports.
   *
   * @param into as long as the parameter
   */
  void gradient(double scale, float[] into) {
    int length = Math.min(Portions.length(penalty.groupLength()), weights.size());
    float[] w = new float[length];
    float[] c = new float[length];
    for (int from = 0; from < weights.size(); from += length) {
      int count = Math.min(length, weights.size() - from);
      weights.memory().get(from, w, 0, count);
      Arrays.fill(c, 0f);
      penalty.addGradient(w, c, count, scale);
      System.arraycopy(c, 0, into, from, count);
    }
  }

  /**
   * The largest {@link Penalty#imbalance} of a portion.
   *
   * @param gradient of the data loss by the parameter
   */
  double imbalance(Tensor gradient) {
    int length = Math.min(Portions.length(penalty.groupLength()), weights.size());
    float[] w = new float[length];
    float[] g = new float[length];
    double largest = 0;
    for (int from = 0; from < weights.size(); from += length) {
      int count = Math.min(length, weights.size() - from);
      weights.memory().get(from, w, 0, count);
      gradient.memory().get(from, g, 0, count);
      largest = Math.max(largest, penalty.imbalance(w, g, count));
    }
    return largest;
  }

  private double sum(Portions.Sum kernel) {
    return Portions.sum(weights.memory(), penalty.groupLength(), kernel);
  }
}

package io.shrinklab.training;

import io.shrinklab.penalty.Regularizer;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/**
 * How strong the penalty pulls beside the data: Euclidean norms of both gradients on the penalized
 * parameters.
 */
final class GradientBalance {
  private GradientBalance() {}

  /**
   * Norms of the two gradients.
   *
   * @param data of the data loss
   * @param penalty of the penalty, whatever its method
   */
  record Norms(double data, double penalty) {
    /** Penalty over data; 0 without a penalty. */
    double ratio() {
      return penalty == 0 ? 0 : penalty / data;
    }
  }

  /** Measures; the gradients must still be those of the data loss alone. */
  static Norms measure(Regularizer regularizer, List<Tensor> gradients) {
    return new Norms(
        Math.sqrt(regularizer.dataGradientSquares(gradients)),
        Math.sqrt(regularizer.gradientSquares()));
  }
}

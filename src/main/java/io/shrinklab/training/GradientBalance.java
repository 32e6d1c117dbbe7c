package io.shrinklab.training;

import ai.djl.ndarray.NDManager;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.penalty.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How strong the penalty pulls beside the data: Euclidean norms of both gradients on the penalized
 * parameters.
 */
final class GradientBalance {
  private final Regularizer regularizer;
  private final List<@Nullable Tensor> scratch = new ArrayList<>();

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

  GradientBalance(Regularizer regularizer, List<Tensor> weights, NDManager manager) {
    this.regularizer = regularizer;
    for (int i = 0; i < weights.size(); i++) {
      scratch.add(
          regularizer.term(i) == null
              ? null
              : Tensor.of(manager.zeros(weights.get(i).array().getShape())));
    }
  }

  /** Measures; the gradients must still be those of the data loss alone. */
  Norms measure(List<Tensor> gradients) {
    double data = 0;
    double penalty = 0;
    for (int i = 0; i < scratch.size(); i++) {
      Tensor pull = scratch.get(i);
      Regularizer.Term term = regularizer.term(i);
      if (pull != null && term != null) {
        pull.clear();
        term.addGradient(pull);
        data += gradients.get(i).squares();
        penalty += pull.squares();
      }
    }
    return new Norms(Math.sqrt(data), Math.sqrt(penalty));
  }
}

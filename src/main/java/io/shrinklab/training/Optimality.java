package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/**
 * How far a linear network is from the one optimum of its data loss and penalty, by the condition
 * that holds there: each gradient is balanced by a subgradient of the penalty (Karush, Kuhn and
 * Tucker).
 *
 * @param regularizer the penalty
 * @param scale the largest element of the data loss's gradient by the weights where all parameters
 *     are 0: the least strength of L1 that leaves no weight, where features are centred
 */
record Optimality(Regularizer regularizer, double scale) {

  /**
   * The violation of the condition as a share of the scale; 0 at the optimum.
   *
   * @param gradients of the data loss over all training rows
   */
  double violation(List<Tensor> gradients) {
    return regularizer.imbalance(gradients) / scale;
  }

  /**
   * The scale, from the gradients at 0.
   *
   * @param trained the parameters that they are of
   * @return 1 where nothing pulls at any weight
   */
  static double scale(List<NamedParameter> trained, List<Tensor> gradients) {
    double largest = 0;
    for (int i = 0; i < gradients.size(); i++) {
      if (ParameterScope.isMultiplicativeWeight(trained.get(i))) {
        for (float element : gradients.get(i).copy()) {
          largest = Math.max(largest, Math.abs(element));
        }
      }
    }
    return largest > 0 ? largest : 1;
  }
}

package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.Variant;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/** What moves the weights once the data loss's gradients are known: optimizer and penalty. */
final class Step {
  private final Regularizer regularizer;
  private final Optimizer optimizer;

  /**
   * Sets the penalty and the optimizer of a variant up.
   *
   * @param trained the parameters that are moved
   */
  Step(Variant variant, List<NamedParameter> trained) throws PenaltyException {
    List<Tensor> weights = trained.stream().map(NamedParameter::tensor).toList();
    regularizer = Regularizer.of(variant.penalty(), trained);
    optimizer = Optimizer.of(variant.optimizer(), weights, regularizer);
  }

  Regularizer regularizer() {
    return regularizer;
  }

  /**
   * How strong the penalty pulls beside the data, at the present weights.
   *
   * @param gradients of the data loss
   */
  GradientBalance.Norms balance(List<Tensor> gradients) {
    return GradientBalance.measure(regularizer, gradients);
  }

  /** Has someone told of what the penalty does to the weights after the optimizer. */
  void tell(Optimizer.Witness witness) {
    optimizer.tell(witness);
  }

  /** Moves every weight once. */
  void update(double rate, List<Tensor> gradients) {
    optimizer.step(rate, gradients);
  }

  /** Keeps the optimizer's state out of the slow numbers; once an epoch is enough. */
  void endEpoch() {
    optimizer.dropSubnormals();
  }
}

package io.shrinklab.training;

import ai.djl.ndarray.NDManager;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.Variant;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/** What moves the weights once the data loss's gradients are known: optimizer and penalty. */
final class Step {
  private final Model model;
  private final Regularizer regularizer;
  private final Optimizer optimizer;

  /**
   * Sets the penalty and the optimizer of a variant up.
   *
   * @param model whose weights are moved
   * @param manager owns the optimizer's state
   */
  Step(Variant variant, Model model, NDManager manager) throws PenaltyException {
    this.model = model;
    List<Tensor> weights =
        model.trained().stream().map(named -> Tensor.of(named.parameter().getArray())).toList();
    regularizer = Regularizer.of(variant.penalty(), model.trained());
    optimizer = Optimizer.of(variant.optimizer(), weights, regularizer.portionLength(), manager);
  }

  Regularizer regularizer() {
    return regularizer;
  }

  /** How strong the penalty pulls beside the data; to be asked between backward pass and update. */
  GradientBalance.Norms balance() {
    return GradientBalance.measure(regularizer, model.gradients());
  }

  /** Moves every weight once, and sets its gradient to 0. */
  void update(double rate) {
    optimizer.step(rate, model.gradients(), regularizer);
  }

  /** Keeps the optimizer's state out of the slow numbers; once an epoch is enough. */
  void endEpoch() {
    optimizer.dropSubnormals();
  }
}

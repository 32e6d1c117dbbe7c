package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shrinklab.experiment.Variant;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.penalty.Tensor;
import java.util.List;

/**
 * What moves the weights once the data loss's gradients are known: penalty, optimizer, penalty
 * again.
 */
final class Step {
  private final Model model;
  private final Regularizer regularizer;
  private final GradientBalance balance;
  private final Optimizer optimizer;
  private final List<Tensor> weights;

  /**
   * Sets the penalty and the optimizer of a variant up.
   *
   * @param model whose weights are moved
   * @param manager owns their state
   */
  Step(Variant variant, Model model, NDManager manager) throws PenaltyException {
    this.model = model;
    List<NDArray> arrays =
        model.trained().stream().map(named -> named.parameter().getArray()).toList();
    weights = arrays.stream().map(Tensor::of).toList();
    regularizer = Regularizer.of(variant.penalty(), model.trained(), manager);
    balance = new GradientBalance(regularizer, weights, manager);
    optimizer = Optimizer.of(variant.optimizer(), arrays, manager);
  }

  Regularizer regularizer() {
    return regularizer;
  }

  /** How strong the penalty pulls beside the data; to be asked between backward pass and update. */
  GradientBalance.Norms balance() {
    return balance.measure(model.gradients());
  }

  /** Moves every weight once, and sets its gradient to 0. */
  void update(double rate) {
    optimizer.startStep(rate);
    for (int i = 0; i < weights.size(); i++) {
      NDArray weight = weights.get(i).array();
      Tensor gradient = model.gradients().get(i);
      Regularizer.Term term = regularizer.term(i);
      if (term == null) {
        optimizer.update(i, weight, gradient.array(), 0, 0);
        continue;
      }
      term.beforeUpdate(gradient);
      optimizer.update(i, weight, gradient.array(), term.coupledDecay(), term.decoupledDecay());
      if (term.isProximal()) {
        int parameter = i;
        optimizer.displace(i, weight, () -> term.proximalStep(optimizer.stepSizes(parameter)));
      } else {
        term.decoupledStep(rate);
      }
    }
  }

  /** Keeps the optimizer's state out of the slow numbers; once an epoch is enough. */
  void endEpoch() {
    optimizer.dropSubnormals();
  }
}

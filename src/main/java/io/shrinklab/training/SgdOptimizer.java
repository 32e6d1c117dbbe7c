package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.shrinklab.penalty.StepSizes;
import io.shrinklab.penalty.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent with heavy-ball momentum, as torch.optim.SGD: {@code v <- m v + g; w
 * <- w - rate * v}. The engine keeps {@code rate * v}, so what it keeps is rescaled when the rate
 * changes.
 */
final class SgdOptimizer implements Optimizer {
  private final float momentum;
  private final List<NDArray> velocities;
  private double rate = Double.NaN;

  SgdOptimizer(double momentum, List<NDArray> weights, NDManager manager) {
    this.momentum = (float) momentum;
    this.velocities =
        momentum == 0
            ? List.of()
            : weights.stream().map(weight -> manager.zeros(weight.getShape())).toList();
  }

  @Override
  public void startStep(double learningRate) {
    if (learningRate != rate && rate > 0) {
      velocities.forEach(velocity -> velocity.muli(learningRate / rate));
    }
    rate = learningRate;
  }

  @Override
  public void update(
      int parameter, NDArray weight, NDArray gradient, double coupledDecay, double decoupledDecay) {
    if (decoupledDecay > 0) {
      weight.muli(1 - rate * decoupledDecay);
    }
    NDList inputs = new NDList(weight, gradient);
    if (momentum != 0) {
      inputs.add(velocities.get(parameter));
    }
    weight
        .getNDArrayInternal()
        .sgdUpdate(
            inputs,
            new NDList(weight),
            (float) rate,
            (float) coupledDecay,
            1f,
            -1f,
            momentum,
            true);
  }

  @Override
  public StepSizes stepSizes(int parameter) {
    return StepSizes.uniform(rate);
  }

  /**
   * The velocity becomes the whole displacement of the step, so that the iteration is {@code w <-
   * prox(w - rate * g + m * (w - w_before))}: the inertial proximal algorithm iPiano (Ochs, Chen,
   * Brox and Pock 2014).
   */
  @Override
  public void displace(int parameter, NDArray weight, Runnable proximalStep) {
    if (momentum == 0) {
      proximalStep.run();
      return;
    }
    NDArray velocity = velocities.get(parameter);
    velocity.addi(weight);
    proximalStep.run();
    velocity.subi(weight);
  }

  @Override
  public void dropSubnormals() {
    velocities.forEach(velocity -> Tensor.of(velocity).dropSubnormals());
  }
}

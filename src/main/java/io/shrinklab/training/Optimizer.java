package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shrinklab.experiment.OptimizerSpec;
import io.shrinklab.penalty.StepSizes;
import java.util.List;

/**
 * An optimizer's state for one run, around the engine's own update. The state lives on the run's
 * manager and goes with it, where DJL's optimizers never free theirs; and the decays are given for
 * each parameter, where DJL's know one for all.
 */
sealed interface Optimizer permits SgdOptimizer, AdamOptimizer {

  /** Begins a step; every parameter is updated once in it. */
  void startStep(double learningRate);

  /**
   * Moves one parameter, and sets its gradient to 0.
   *
   * @param parameter its index in the list given to {@link #of}
   * @param weight changed
   * @param gradient of the loss
   * @param coupledDecay times the weight is added to the gradient
   * @param decoupledDecay times learning rate times the weight is taken from the weight
   */
  void update(
      int parameter, NDArray weight, NDArray gradient, double coupledDecay, double decoupledDecay);

  /** How far the present step moves each element of a parameter per unit of gradient. */
  StepSizes stepSizes(int parameter);

  /**
   * Lets a proximal step move a parameter after {@link #update}, so that momentum learns of it.
   * Momentum that kept only the gradient's part would multiply the data loss by 1 / (1 - momentum)
   * but not the penalty, and settle at a weaker penalty than was asked for.
   *
   * @param parameter its index
   * @param weight changed by the step
   * @param proximalStep moves the weight
   */
  default void displace(int parameter, NDArray weight, Runnable proximalStep) {
    proximalStep.run();
  }

  /**
   * Sets what has all but vanished from the state to 0; call once an epoch. The mean gradient of a
   * unit that has died decays until it is subnormal and then stays so, since 0.9 times the smallest
   * number rounds to itself; every later step would compute with such numbers, at a fraction of the
   * speed.
   */
  void dropSubnormals();

  /** A fresh optimizer for these weights. */
  static Optimizer of(OptimizerSpec spec, List<NDArray> weights, NDManager manager) {
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return new SgdOptimizer(sgd.momentum(), weights, manager);
    }
    if (spec instanceof OptimizerSpec.Adam adam) {
      return new AdamOptimizer(adam.beta1(), adam.beta2(), adam.epsilon(), weights, manager);
    }
    OptimizerSpec.AdamW adam = (OptimizerSpec.AdamW) spec;
    return new AdamOptimizer(adam.beta1(), adam.beta2(), adam.epsilon(), weights, manager);
  }
}

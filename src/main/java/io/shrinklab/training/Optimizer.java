package io.shrinklab.training;

import io.shrinklab.penalty.Action;
import io.shrinklab.penalty.PortionStep;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * An optimizer with its state for one run. It takes its step and the penalty's together, in
 * portions that stay in the processor's cache, where the engine's own update passes ten times over
 * a parameter's memory with temporary arrays. The decays are given for each parameter, where DJL's
 * optimizers know one for all.
 */
abstract class Optimizer implements PortionStep {
  /** The index of the present parameter, and the length of its present portion. */
  int parameter;

  int count;

  /** The portion's weights and gradient. */
  final float[] w;

  final float[] g;

  private final List<Tensor> weights;
  private final float[] copy;
  private int from;

  /**
   * A fresh optimizer for these weights.
   *
   * @param portion how many elements it is given at once, at most: {@link
   *     Regularizer#portionLength()}
   */
  static Optimizer of(OptimizerSpec spec, List<Tensor> weights, int portion) {
    return KindTable.<OptimizerSpec, Optimizer>of(OptimizerSpec.class)
        .on(OptimizerSpec.Sgd.class, sgd -> new SgdOptimizer(sgd.momentum(), weights, portion))
        .on(OptimizerSpec.Adam.class, adam -> new AdamOptimizer(adam, weights, portion))
        .on(OptimizerSpec.AdamW.class, adam -> new AdamOptimizer(adam, weights, portion))
        .total()
        .get(spec);
  }

  /**
   * Makes one.
   *
   * @param weights what it moves
   * @param portion how many elements it is ever given at once
   */
  Optimizer(List<Tensor> weights, int portion) {
    this.weights = weights;
    this.w = new float[portion];
    this.copy = new float[portion];
    this.g = new float[portion];
  }

  /**
   * Moves every parameter once.
   *
   * @param gradients of the data loss, in the weights' order; not changed
   * @param regularizer of the same parameters
   */
  final void step(double rate, List<Tensor> gradients, Regularizer regularizer) {
    startStep(rate);
    for (parameter = 0; parameter < weights.size(); parameter++) {
      FloatBuffer weight = weights.get(parameter).memory();
      FloatBuffer gradient = gradients.get(parameter).memory();
      Action action = regularizer.action(parameter);
      int size = weight.limit();
      int length = regularizer.portionLength(parameter);
      for (from = 0; from < size; from += length) {
        count = Math.min(length, size - from);
        weight.get(from, w, 0, count);
        gradient.get(from, g, 0, count);
        action.accumulate(this, w, g, count);
        action.move(this, w, count, rate);
        weight.put(from, w, 0, count);
      }
    }
  }

  /** Begins a step. */
  abstract void startStep(double rate);

  /**
   * Sets what has all but vanished from the state to 0; call once an epoch. The mean gradient of a
   * unit that has died decays until it is subnormal and then stays so, since 0.9 times the smallest
   * number rounds to itself; every later step would compute with such numbers, at a fraction of the
   * speed.
   */
  abstract void dropSubnormals();

  /** Copies the present portion out of a state of the present parameter. */
  final void read(float[] state, float[] portion) {
    System.arraycopy(state, from, portion, 0, count);
  }

  /** Copies it back. */
  final void write(float[] state, float[] portion) {
    System.arraycopy(portion, 0, state, from, count);
  }

  @Override
  public final float[] copyOfWeights() {
    System.arraycopy(w, 0, copy, 0, count);
    return copy;
  }
}

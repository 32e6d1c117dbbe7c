package io.shrinklab.training;

import io.shrinklab.penalty.Action;
import io.shrinklab.penalty.PortionStep;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer with its state for one run. It takes its step and the penalty's together, in
 * portions that stay in the processor's cache, where the engine's own update passes ten times over
 * a parameter's memory with temporary arrays. The decays are given for each parameter, where DJL's
 * optimizers know one for all.
 */
abstract class Optimizer implements PortionStep {
  /** The length of the present portion. */
  int count;

  /** Its weights and gradient. */
  final float[] w;

  final float[] g;

  private final List<Tensor> weights;
  private final Regularizer regularizer;
  private float[] copy;
  private float[] lastCopy;
  private @Nullable Witness witness;

  /** The index of the present parameter, and of its present portion. */
  private int parameter;

  private int number;

  /** Sees what penalties do to the weights after the optimizer's own move. */
  interface Witness {
    /**
     * A proximal or decoupled step on a portion.
     *
     * @param parameter its index
     * @param from where in the parameter the portion begins
     * @param before the portion as the optimizer's move left it
     * @param after as the penalty's step left it
     */
    void displaced(int parameter, int from, float[] before, float[] after, int count);
  }

  /**
   * A fresh optimizer for these weights.
   *
   * @param regularizer of the same parameters
   */
  static Optimizer of(OptimizerSpec spec, List<Tensor> weights, Regularizer regularizer) {
    return KindTable.<OptimizerSpec, Optimizer>of(OptimizerSpec.class)
        .on(OptimizerSpec.Sgd.class, sgd -> new SgdOptimizer(sgd.momentum(), weights, regularizer))
        .on(OptimizerSpec.Adam.class, adam -> new AdamOptimizer(adam, weights, regularizer))
        .on(OptimizerSpec.AdamW.class, adam -> new AdamOptimizer(adam, weights, regularizer))
        .total()
        .get(spec);
  }

  /**
   * Makes one.
   *
   * @param weights what it moves
   * @param regularizer takes part in each step
   */
  Optimizer(List<Tensor> weights, Regularizer regularizer) {
    this.weights = weights;
    this.regularizer = regularizer;
    this.w = newPortion();
    this.g = newPortion();
    this.copy = newPortion();
    this.lastCopy = newPortion();
  }

  /** An array that any portion fits into. */
  final float[] newPortion() {
    return new float[regularizer.portionLength()];
  }

  /** A state of zeros, one number per weight: for each parameter its portions. */
  final List<float[][]> newState() {
    return IntStream.range(0, weights.size())
        .mapToObj(
            i -> {
              int size = weights.get(i).size();
              int length = Math.min(size, regularizer.portionLength(i));
              return new float[(size + length - 1) / length][length];
            })
        .toList();
  }

  /** The present portion of a state of the present parameter. */
  final float[] portion(List<float[][]> state) {
    return state.get(parameter)[number];
  }

  /**
   * Moves every parameter once.
   *
   * @param gradients of the data loss, in the weights' order; not changed
   */
  final void step(double rate, List<Tensor> gradients) {
    startStep(rate);
    for (parameter = 0; parameter < weights.size(); parameter++) {
      FloatBuffer weight = weights.get(parameter).memory();
      FloatBuffer gradient = gradients.get(parameter).memory();
      Action action = regularizer.action(parameter);
      int size = weight.limit();
      int length = regularizer.portionLength(parameter);
      number = 0;
      for (int from = 0; from < size; from += length) {
        count = Math.min(length, size - from);
        weight.get(from, w, 0, count);
        gradient.get(from, g, 0, count);
        action.accumulate(this, w, g, count);
        action.move(this, w, count, rate);
        weight.put(from, w, 0, count);
        number++;
      }
    }
  }

  /** Has someone told of every proximal and decoupled step. */
  final void tell(Witness someone) {
    witness = someone;
  }

  @Override
  public final void displaced(float[] before) {
    if (witness != null) {
      int from = number * regularizer.portionLength(parameter);
      witness.displaced(parameter, from, before, w, count);
    }
    takeIn(before);
  }

  /** {@link #displaced}, for the state. */
  abstract void takeIn(float[] before);

  /** Begins a step. */
  abstract void startStep(double rate);

  /**
   * Sets what has all but vanished from the state to 0; call once an epoch. The mean gradient of a
   * unit that has died decays until it is subnormal and then stays so, since 0.9 times the smallest
   * number rounds to itself; every later step would compute with such numbers, at a fraction of the
   * speed.
   */
  abstract void dropSubnormals();

  @Override
  public final float[] copyOfWeights() {
    float[] free = lastCopy;
    lastCopy = copy;
    copy = free;
    System.arraycopy(w, 0, copy, 0, count);
    return copy;
  }
}

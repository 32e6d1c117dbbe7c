package io.shrinklab.training;

import ai.djl.ndarray.NDManager;
import io.shrinklab.penalty.Portions;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.penalty.Tensor;
import io.shrinklab.spec.OptimizerSpec;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer with its state for one run. It takes its step and the penalty's together, in
 * portions that stay in the processor's cache, where the engine's own update passes ten times over
 * a parameter's memory with temporary arrays; what comes out is the same to the last bit. The
 * decays are given for each parameter, where DJL's optimizers know one for all.
 */
abstract sealed class Optimizer permits SgdOptimizer, AdamOptimizer {
  private final List<Tensor> weights;
  private final float[] zeros;
  private final float[] w;
  private final float[] g;
  private final float[] before;
  private final float[] sizes;

  /**
   * Makes one.
   *
   * @param weights what it moves
   * @param portion how many elements it is ever given at once
   */
  Optimizer(List<Tensor> weights, int portion) {
    this.weights = weights;
    this.zeros = new float[portion];
    this.w = new float[portion];
    this.g = new float[portion];
    this.before = new float[portion];
    this.sizes = new float[portion];
  }

  /** Begins a step; every parameter is updated once in it. */
  abstract void startStep(double learningRate);

  /**
   * Moves one parameter, and sets its gradient to 0.
   *
   * @param parameter its index in the list given to {@link #of}
   * @param gradient of the data loss
   * @param term the penalty on the parameter, null where there is none
   * @param learningRate of the present step
   */
  final void update(
      int parameter, Tensor gradient, Regularizer.@Nullable Term term, double learningRate) {
    FloatBuffer weight = weights.get(parameter).memory();
    int size = weight.limit();
    int length = term == null ? Portions.LENGTH : term.portionLength();
    for (int from = 0; from < size; from += length) {
      int count = Math.min(length, size - from);
      weight.get(from, w, 0, count);
      gradient.memory().get(from, g, 0, count);
      if (term != null) {
        term.addGradient(w, g, count);
      }
      accumulate(parameter, from, w, g, count, term == null ? 0 : term.coupledDecay());
      gradient.memory().put(from, zeros, 0, count);
    }
    beforeMove(parameter);
    for (int from = 0; from < size; from += length) {
      int count = Math.min(length, size - from);
      weight.get(from, w, 0, count);
      if (term == null) {
        move(parameter, from, w, count, 0);
      } else {
        move(parameter, from, term, count, learningRate);
      }
      weight.put(from, w, 0, count);
    }
    afterMove();
  }

  private void move(
      int parameter, int from, Regularizer.Term term, int count, double learningRate) {
    if (term.isDecoupled()) {
      System.arraycopy(w, 0, before, 0, count);
      move(parameter, from, w, count, 0);
      term.decoupledStep(w, before, count, learningRate);
      return;
    }
    move(parameter, from, w, count, term.decoupledDecay());
    if (term.isProximal()) {
      System.arraycopy(w, 0, before, 0, count);
      stepSizes(sizes, count);
      term.proximalStep(w, sizes, count);
      displace(parameter, from, before, w, count);
    }
  }

  /**
   * Takes the gradient of a portion into the state.
   *
   * @param parameter its index
   * @param from where the portion begins in the parameter
   * @param weights the portion; not changed
   * @param gradient of the loss; may be changed
   * @param coupledDecay times the weight is added to the gradient
   */
  abstract void accumulate(
      int parameter, int from, float[] weights, float[] gradient, int count, double coupledDecay);

  /** Called once for a parameter, when its state is complete. */
  void beforeMove(int parameter) {}

  /**
   * Moves a portion of the weights by what the state says.
   *
   * @param weights changed
   * @param decoupledDecay times learning rate times the weight is taken from the weight
   */
  abstract void move(int parameter, int from, float[] weights, int count, double decoupledDecay);

  /** Called once for a parameter, when it has moved. */
  void afterMove() {}

  /** How far the last {@link #move} moved each element per unit of a lasting gradient. */
  abstract void stepSizes(float[] into, int count);

  /**
   * Tells the state that a proximal step moved the portion after {@link #move}. Momentum that kept
   * only the gradient's part would multiply the data loss by 1 / (1 - momentum) but not the
   * penalty, and settle at a weaker penalty than was asked for.
   */
  void displace(int parameter, int from, float[] before, float[] after, int count) {}

  /**
   * Sets what has all but vanished from the state to 0; call once an epoch. The mean gradient of a
   * unit that has died decays until it is subnormal and then stays so, since 0.9 times the smallest
   * number rounds to itself; every later step would compute with such numbers, at a fraction of the
   * speed.
   */
  abstract void dropSubnormals();

  /**
   * A fresh optimizer for these weights.
   *
   * @param portion how many elements it is given at once, at most: the largest {@link
   *     Regularizer.Term#portionLength}, and at least {@link Portions#LENGTH}
   * @param manager owns what the engine needs of the state
   */
  static Optimizer of(OptimizerSpec spec, List<Tensor> weights, int portion, NDManager manager) {
    if (spec instanceof OptimizerSpec.Sgd sgd) {
      return new SgdOptimizer(sgd.momentum(), weights, portion);
    }
    if (spec instanceof OptimizerSpec.Adam adam) {
      return new AdamOptimizer(
          adam.beta1(), adam.beta2(), adam.epsilon(), weights, portion, manager);
    }
    OptimizerSpec.AdamW adam = (OptimizerSpec.AdamW) spec;
    return new AdamOptimizer(adam.beta1(), adam.beta2(), adam.epsilon(), weights, portion, manager);
  }
}

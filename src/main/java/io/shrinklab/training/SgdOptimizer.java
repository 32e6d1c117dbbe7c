package io.shrinklab.training;

import io.shrinklab.penalty.Regularizer;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Stochastic gradient descent with heavy-ball momentum, as torch.optim.SGD: {@code v <- m v + g; w
 * <- w - rate * v}. What is kept is {@code rate * v}, as in DJL's class, whose bits it gives at a
 * constant rate; it is rescaled when the rate changes.
 */
final class SgdOptimizer extends Optimizer {
  private final float momentum;
  private final List<float[][]> velocities = newState();
  private final float[] sizes = newPortion();
  private double rate = Double.NaN;

  SgdOptimizer(double momentum, List<Tensor> weights, Regularizer regularizer) {
    super(weights, regularizer);
    this.momentum = (float) momentum;
  }

  @Override
  void startStep(double learningRate) {
    if (learningRate != rate && rate > 0) {
      float factor = (float) (learningRate / rate);
      velocities.stream().flatMap(Arrays::stream).forEach(velocity -> scale(velocity, factor));
    }
    rate = learningRate;
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  @Override
  public void accumulate(double coupledDecay) {
    float[] v = portion(velocities);
    float step = (float) rate;
    float decay = (float) coupledDecay;
    for (int i = 0; i < count; i++) {
      v[i] = v[i] * momentum + Math.fma(w[i], decay, g[i]) * step;
    }
  }

  @Override
  public void move(double decoupledDecay) {
    float[] v = portion(velocities);
    float kept = (float) (1 - rate * decoupledDecay);
    for (int i = 0; i < count; i++) {
      w[i] = w[i] * kept - v[i];
    }
  }

  @Override
  public float[] stepSizes() {
    Arrays.fill(sizes, 0, count, (float) rate);
    return sizes;
  }

  /**
   * The velocity becomes the whole displacement of the step, so that the iteration is {@code w <-
   * prox(w - rate * g + m * (w - w_before))}: the inertial proximal algorithm iPiano (Ochs, Chen,
   * Brox and Pock 2014).
   */
  @Override
  void takeIn(float[] before) {
    float[] v = portion(velocities);
    for (int i = 0; i < count; i++) {
      v[i] += before[i] - w[i];
    }
  }

  @Override
  void dropSubnormals() {
    Subnormals.drop(velocities);
  }
}

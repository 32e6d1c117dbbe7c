package io.shrinklab.training;

import io.shrinklab.penalty.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Stochastic gradient descent with heavy-ball momentum, as torch.optim.SGD: {@code v <- m v + g; w
 * <- w - rate * v}. What is kept is {@code rate * v}, as in DJL's class, whose bits it gives at a
 * constant rate; it is rescaled when the rate changes.
 */
final class SgdOptimizer extends Optimizer {
  private final float momentum;
  private final List<float[]> velocities;
  private double rate = Double.NaN;

  SgdOptimizer(double momentum, List<Tensor> weights, int portion) {
    super(weights, portion);
    this.momentum = (float) momentum;
    this.velocities = weights.stream().map(weight -> new float[weight.size()]).toList();
  }

  @Override
  void startStep(double learningRate) {
    if (learningRate != rate && rate > 0) {
      float factor = (float) (learningRate / rate);
      for (float[] velocity : velocities) {
        for (int i = 0; i < velocity.length; i++) {
          velocity[i] *= factor;
        }
      }
    }
    rate = learningRate;
  }

  @Override
  void accumulate(
      int parameter, int from, float[] weights, float[] gradient, int count, double coupledDecay) {
    float[] v = velocities.get(parameter);
    roll(v, from, weights, gradient, count, momentum, (float) rate, (float) coupledDecay);
  }

  private static void roll(
      float[] v, int from, float[] w, float[] g, int n, float momentum, float rate, float decay) {
    for (int i = 0; i < n; i++) {
      v[from + i] = v[from + i] * momentum + Math.fma(w[i], decay, g[i]) * rate;
    }
  }

  @Override
  void move(int parameter, int from, float[] weights, int count, double decoupledDecay) {
    float kept = (float) (1 - rate * decoupledDecay);
    float[] v = velocities.get(parameter);
    for (int i = 0; i < count; i++) {
      weights[i] = weights[i] * kept - v[from + i];
    }
  }

  @Override
  void stepSizes(float[] into, int count) {
    Arrays.fill(into, 0, count, (float) rate);
  }

  /**
   * The velocity becomes the whole displacement of the step, so that the iteration is {@code w <-
   * prox(w - rate * g + m * (w - w_before))}: the inertial proximal algorithm iPiano (Ochs, Chen,
   * Brox and Pock 2014).
   */
  @Override
  void displace(int parameter, int from, float[] before, float[] after, int count) {
    float[] v = velocities.get(parameter);
    for (int i = 0; i < count; i++) {
      v[from + i] += before[i] - after[i];
    }
  }

  @Override
  void dropSubnormals() {
    velocities.forEach(Subnormals::drop);
  }
}

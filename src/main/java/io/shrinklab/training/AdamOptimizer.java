package io.shrinklab.training;

import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) where a decay is decoupled:
 * what DJL's own classes compute, operation by operation, but for the root, which is the correctly
 * rounded one of IEEE 754. Epsilon is added to the root that is not bias-corrected, unlike
 * torch.optim's.
 */
final class AdamOptimizer extends Optimizer {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final List<float[][]> means = newState();
  private final List<float[][]> variances = newState();
  private final float[] steps = newPortion();
  private int step;
  private float rate;
  private float correctedRate;

  AdamOptimizer(OptimizerSpec.Moments spec, List<Tensor> weights, Regularizer regularizer) {
    super(weights, regularizer);
    this.beta1 = (float) spec.beta1();
    this.beta2 = (float) spec.beta2();
    this.epsilon = (float) spec.epsilon();
  }

  @Override
  void startStep(double learningRate) {
    step++;
    rate = (float) learningRate;
    double first = 1.0 - Math.pow(beta1, step);
    double second = 1.0 - Math.pow(beta2, step);
    correctedRate = (float) (rate * Math.sqrt(second) / first);
  }

  @Override
  public void accumulate(double coupledDecay) {
    if (coupledDecay != 0) {
      addDecay(w, g, count, (float) coupledDecay);
    }
    moments(g, portion(means), portion(variances), count, beta1, beta2);
  }

  private static void addDecay(float[] w, float[] g, int n, float decay) {
    for (int i = 0; i < n; i++) {
      g[i] = Math.fma(w[i], decay, g[i]);
    }
  }

  private static void moments(float[] g, float[] m, float[] v, int n, float beta1, float beta2) {
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int i = 0; i < n; i++) {
      m[i] = Math.fma(g[i], rest1, m[i] * beta1);
      v[i] = Math.fma(rest2 * g[i], g[i], v[i] * beta2);
    }
  }

  @Override
  public void move(double decoupledDecay) {
    if (decoupledDecay > 0) {
      shrink(w, count, rate, (float) decoupledDecay);
    }
    move(w, portion(means), portion(variances), count, epsilon, correctedRate);
  }

  private static void shrink(float[] w, int n, float rate, float decay) {
    for (int i = 0; i < n; i++) {
      w[i] -= w[i] * rate * decay;
    }
  }

  private static void move(float[] w, float[] m, float[] v, int n, float epsilon, float rate) {
    for (int i = 0; i < n; i++) {
      w[i] -= m[i] * rate / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }

  /**
   * {@code rate * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)}: what a lasting gradient of 1 moves each
   * element by. An element that never had a gradient is moved without bound, so a penalty alone
   * decides about it.
   */
  @Override
  public float[] stepSizes() {
    float lasting = (float) (rate * Math.sqrt(1.0 - Math.pow(beta2, step)));
    float[] v = portion(variances);
    for (int i = 0; i < count; i++) {
      steps[i] = lasting / ((float) Math.sqrt(v[i]) + epsilon);
    }
    return steps;
  }

  /** Neither moment knows of displacements. */
  @Override
  void takeIn(float[] before) {}

  @Override
  void dropSubnormals() {
    Subnormals.drop(means);
    Subnormals.drop(variances);
  }
}

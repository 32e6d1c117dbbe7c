package io.shrinklab.training;

import ai.djl.ndarray.NDManager;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) where a decay is decoupled: to
 * the bit what DJL's own classes compute, operation by operation and with the fused multiply-adds
 * of the engine's kernels. Only the root is left to the engine, whose mathematics library does not
 * round it as IEEE 754 does. Epsilon is added to the root that is not bias-corrected, unlike
 * torch.optim's.
 */
final class AdamOptimizer extends Optimizer {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final List<FloatBuffer> means;
  private final List<Tensor> variances;
  private final float[] m;
  private final float[] v;
  private final float[] root;
  private final float[] sizes;
  private @Nullable Tensor roots;
  private int step;
  private float rate;
  private float correctedRate;

  AdamOptimizer(OptimizerSpec.Moments spec, List<Tensor> weights, int portion, NDManager manager) {
    super(weights, portion);
    this.beta1 = (float) spec.beta1();
    this.beta2 = (float) spec.beta2();
    this.epsilon = (float) spec.epsilon();
    this.means = weights.stream().map(weight -> FloatBuffer.allocate(weight.size())).toList();
    this.variances =
        weights.stream()
            .map(weight -> Tensor.of(manager.zeros(weight.array().getShape())))
            .toList();
    this.m = new float[portion];
    this.v = new float[portion];
    this.root = new float[portion];
    this.sizes = new float[portion];
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
    read(means.get(parameter), m);
    read(variances.get(parameter).memory(), v);
    addDecay(w, g, count, (float) coupledDecay);
    moments(g, m, v, count, beta1, beta2);
    write(means.get(parameter), m);
    write(variances.get(parameter).memory(), v);
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
  void beforeMove() {
    roots = Tensor.of(variances.get(parameter).array().sqrt());
  }

  @Override
  public void move(double decoupledDecay) {
    read(means.get(parameter), m);
    read(Objects.requireNonNull(roots).memory(), root);
    if (decoupledDecay > 0) {
      shrink(w, count, rate, (float) decoupledDecay);
    }
    move(w, m, root, count, correctedRate, epsilon);
  }

  private static void shrink(float[] w, int n, float rate, float decay) {
    for (int i = 0; i < n; i++) {
      w[i] -= w[i] * rate * decay;
    }
  }

  private static void move(float[] w, float[] m, float[] root, int n, float rate, float epsilon) {
    for (int i = 0; i < n; i++) {
      root[i] += epsilon;
      w[i] -= m[i] * rate / root[i];
    }
  }

  @Override
  void afterMove() {
    Objects.requireNonNull(roots).array().close();
    roots = null;
  }

  /**
   * {@code rate * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)}: what a lasting gradient of 1 moves each
   * element by. An element that never had a gradient is moved without bound, so a penalty alone
   * decides about it.
   */
  @Override
  public float[] stepSizes() {
    float lasting = (float) (rate * Math.sqrt(1.0 - Math.pow(beta2, step)));
    for (int i = 0; i < count; i++) {
      sizes[i] = lasting / root[i];
    }
    return sizes;
  }

  /** Neither moment knows of displacements. */
  @Override
  public void displaced(float[] before) {}

  @Override
  void dropSubnormals() {
    means.forEach(Subnormals::drop);
    variances.forEach(variance -> Subnormals.drop(variance.memory()));
  }
}

package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.shrinklab.penalty.StepSizes;
import io.shrinklab.penalty.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) where a decay is decoupled: to
 * the bit what DJL's own classes compute. Its epsilon is added to the root that is not
 * bias-corrected, unlike torch.optim's.
 */
final class AdamOptimizer implements Optimizer {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final List<NDArray> means;
  private final List<NDArray> variances;
  private final List<FloatBuffer> varianceMemory;
  private int step;
  private float rate;
  private float correctedRate;

  AdamOptimizer(
      double beta1, double beta2, double epsilon, List<NDArray> weights, NDManager manager) {
    this.beta1 = (float) beta1;
    this.beta2 = (float) beta2;
    this.epsilon = (float) epsilon;
    this.means = weights.stream().map(weight -> manager.zeros(weight.getShape())).toList();
    this.variances = weights.stream().map(weight -> manager.zeros(weight.getShape())).toList();
    this.varianceMemory = variances.stream().map(array -> Tensor.of(array).memory()).toList();
  }

  @Override
  public void startStep(double learningRate) {
    step++;
    rate = (float) learningRate;
    double first = 1.0 - Math.pow(beta1, step);
    double second = 1.0 - Math.pow(beta2, step);
    correctedRate = (float) (rate * Math.sqrt(second) / first);
  }

  @Override
  public void update(
      int parameter, NDArray weight, NDArray gradient, double coupledDecay, double decoupledDecay) {
    boolean decoupled = decoupledDecay > 0;
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, means.get(parameter), variances.get(parameter)),
            new NDList(weight),
            rate,
            correctedRate,
            (float) (decoupled ? decoupledDecay : coupledDecay),
            1f,
            -1f,
            beta1,
            beta2,
            epsilon,
            true,
            decoupled);
  }

  /**
   * {@code rate * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)}: what a lasting gradient of 1 moves each
   * element by. An element that never had a gradient is moved without bound, so a penalty alone
   * decides about it.
   */
  @Override
  public StepSizes stepSizes(int parameter) {
    FloatBuffer memory = varianceMemory.get(parameter);
    float lasting = (float) (rate * Math.sqrt(1.0 - Math.pow(beta2, step)));
    return (from, into, count) -> {
      memory.get(from, into, 0, count);
      for (int i = 0; i < count; i++) {
        into[i] = lasting / ((float) Math.sqrt(into[i]) + epsilon);
      }
    };
  }

  @Override
  public void dropSubnormals() {
    means.forEach(mean -> Tensor.of(mean).dropSubnormals());
    variances.forEach(variance -> Tensor.of(variance).dropSubnormals());
  }
}

package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.shrinklab.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The matrix products of K dense layers: one batched product forward, two backward. */
final class StackedProduct implements StackedLayer {
  private final NDArray weights;
  private final NDArray transposed;
  private final int units;
  private @Nullable NDArray input;
  private @Nullable NDArray made;
  private @Nullable Tensor gradient;

  /**
   * Makes one.
   *
   * @param weights [K, out, in]
   */
  StackedProduct(NDArray weights) {
    this.weights = weights;
    this.transposed = weights.swapAxes(1, 2);
    this.units = Math.toIntExact(weights.getShape().get(1));
  }

  @Override
  public NDArray forward(NDArray values, int n, long step) {
    input = values;
    return weights.batchMatMul(values);
  }

  @Override
  public NDArray backward(NDArray outputGradient, int n, boolean wanted) {
    NDArray values = Objects.requireNonNull(input);
    if (made != null) {
      made.close();
    }
    made = outputGradient.batchMatMul(values.swapAxes(1, 2));
    // It is read after the step's other arrays are gone.
    NDScope.unregister(made);
    gradient = new Tensor(Tensor.memory(made), units);
    return wanted ? transposed.batchMatMul(outputGradient) : outputGradient;
  }

  @Override
  public NDArray evaluate(NDArray values, int n) {
    return weights.batchMatMul(values);
  }

  /** By the weights, of the last backward pass: [K, out, in]. */
  Tensor gradient() {
    return Objects.requireNonNull(gradient);
  }
}

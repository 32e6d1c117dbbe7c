package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The matrix products of K dense layers: one batched product forward, two backward. */
final class StackedProduct implements StackedLayer {
  private final NDArray weights;
  private final NDArray transposed;
  private @Nullable NDArray input;
  private @Nullable NDArray gradient;

  /**
   * Makes one.
   *
   * @param weights [K, out, in]
   */
  StackedProduct(NDArray weights) {
    this.weights = weights;
    this.transposed = weights.swapAxes(1, 2);
  }

  @Override
  public NDArray forward(NDArray values) {
    input = values;
    return weights.batchMatMul(values);
  }

  @Override
  public NDArray backward(NDArray outputGradient, boolean wanted) {
    NDArray values = Objects.requireNonNull(input);
    close();
    NDArray made = outputGradient.batchMatMul(values.swapAxes(1, 2));
    // It is read after the step's other arrays are gone.
    NDScope.unregister(made);
    gradient = made;
    return wanted ? transposed.batchMatMul(outputGradient) : outputGradient;
  }

  @Override
  public NDArray evaluate(NDArray values) {
    return weights.batchMatMul(values);
  }

  /** By the weights, of the last backward pass: [K, out, in]. */
  NDArray gradient() {
    return Objects.requireNonNull(gradient);
  }

  /** Frees the last gradient. */
  void close() {
    if (gradient != null) {
      gradient.close();
      gradient = null;
    }
  }
}

package io.shrinklab.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.spec.NetworkSpec;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A smooth non-linearity, by the engine, whose exponential is quicker than Java's. */
final class StackedActivation implements StackedLayer {
  private final UnaryOperator<NDArray> function;
  private @Nullable NDArray input;

  StackedActivation(NetworkSpec.Activation activation) {
    var block = Dense.activation(activation);
    // The block has no parameters, so no store is asked.
    this.function = values -> block.forward(new ParameterStore(), new NDList(values), true).head();
  }

  @Override
  public NDArray forward(NDArray values, int n, long step) {
    input = values;
    return function.apply(values);
  }

  @Override
  public NDArray backward(NDArray gradient, int n, boolean wanted) {
    NDArray values = Objects.requireNonNull(input);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      values.setRequiresGradient(true);
      collector.backward(function.apply(values).mul(gradient));
    }
    return values.getGradient();
  }

  @Override
  public NDArray evaluate(NDArray values, int n) {
    return function.apply(values);
  }
}

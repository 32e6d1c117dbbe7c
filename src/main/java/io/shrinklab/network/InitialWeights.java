package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;

/**
 * Draws a parameter's first values from a generator of our own: the engine's is global, and what it
 * draws depends on what was drawn before.
 *
 * <p>Weights and biases are uniform in +-1 / sqrt(fan-in), the default of torch.nn.Linear and
 * torch.nn.Conv2d; scales start at 1 and shifts at 0.
 *
 * @param owner the block that the parameter belongs to; its weight's shape gives the fan-in
 * @param type of the parameter
 * @param random the parameter's own stream
 */
record InitialWeights(Block owner, Parameter.Type type, SplittableRandom random)
    implements Initializer {

  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
    return switch (type) {
      case WEIGHT, BIAS, OTHER -> uniform(manager, shape);
      case GAMMA, RUNNING_VAR -> manager.ones(shape, dataType);
      case BETA, RUNNING_MEAN -> manager.zeros(shape, dataType);
    };
  }

  private NDArray uniform(NDManager manager, Shape shape) {
    double bound = 1 / Math.sqrt(fanIn(shape));
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    // The copy lies in memory of the engine's own, whose alignment is always the same: the order of
    // a vectorized sum may depend on it.
    try (NDArray drawn = manager.create(values, shape)) {
      return drawn.duplicate();
    }
  }

  /** Inputs that one output sums over: the weight's size without its first axis. */
  private double fanIn(Shape shape) {
    Shape weight = shape;
    for (Parameter parameter : owner.getDirectParameters().values()) {
      if (parameter.getType() == Parameter.Type.WEIGHT) {
        weight = parameter.getShape();
      }
    }
    return (double) Math.max(1, weight.size() / Math.max(1, weight.get(0)));
  }
}

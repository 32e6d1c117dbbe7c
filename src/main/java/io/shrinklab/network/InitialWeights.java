package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;

/**
 * Draws a parameter's first values from a generator of our own: the engine's is global, and what it
 * draws depends on what was drawn before.
 *
 * <p>Weights are uniform in +-sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio 2010, equation 16);
 * biases and shifts start at 0, scales at 1.
 *
 * @param type of the parameter
 * @param random the parameter's own stream
 */
record InitialWeights(Parameter.Type type, SplittableRandom random) implements Initializer {

  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
    Networks.checkSize("a parameter of shape " + shape, shape.size());
    return switch (type) {
      case WEIGHT, OTHER -> uniform(manager, shape);
      case GAMMA, RUNNING_VAR -> manager.ones(shape, dataType);
      case BIAS, BETA, RUNNING_MEAN -> manager.zeros(shape, dataType);
    };
  }

  private NDArray uniform(NDManager manager, Shape shape) {
    double bound = Math.sqrt(6 / (fanIn(shape) + fanOut(shape)));
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

  /** Inputs that one output sums over: the size without the first axis. */
  private static double fanIn(Shape shape) {
    return Math.max(1, (double) shape.size() / Math.max(1, shape.get(0)));
  }

  /** Outputs that one input reaches: the size without the second axis. */
  private static double fanOut(Shape shape) {
    return shape.dimension() < 2 ? 1 : (double) shape.size() / Math.max(1, shape.get(1));
  }
}

package io.shrinklab.penalty;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.training.EngineStart;

/** Tensors for tests, on one manager that lives as long as the test's process. */
final class TensorFixture {
  static final NDManager MANAGER = EngineStart.singleThreaded().newBaseManager();

  private TensorFixture() {}

  static Tensor vector(double... values) {
    return tensor(new Shape(values.length), values);
  }

  static Tensor tensor(Shape shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(MANAGER.create(floats, shape));
  }

  static double[] values(Tensor tensor) {
    double[] values = new double[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.memory().get(i);
    }
    return values;
  }
}

package io.shrinklab.network;

import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;

/** Adds a number of its own to each unit. */
final class Bias extends RowStage {
  private final FloatBuffer biases;
  private final float[] gradient;

  /**
   * Makes one.
   *
   * @param biases [K, width]
   */
  Bias(Tensor biases) {
    this.biases = biases.memory();
    this.gradient = new float[biases.size()];
  }

  /** By the biases, of the last backward pass: [K, width]. */
  Tensor gradient() {
    return new Tensor(FloatBuffer.wrap(gradient), 1);
  }

  @Override
  float[] forward(float[] values, Rows rows) {
    for (int row = 0; row < rows.count(); row++) {
      add(values, row * rows.length(), rows.length(), biases.get(rows.first() + row));
    }
    return values;
  }

  @Override
  float[] evaluate(float[] values, Rows rows) {
    return forward(values, rows);
  }

  @Override
  float[] backward(float[] values, Rows rows) {
    for (int row = 0; row < rows.count(); row++) {
      gradient[rows.first() + row] = sum(values, row * rows.length(), rows.length());
    }
    return values;
  }

  private static void add(float[] values, int from, int length, float bias) {
    int end = from + length;
    for (int i = from; i < end; i++) {
      values[i] += bias;
    }
  }
}

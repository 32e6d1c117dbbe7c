package io.shrinklab.network;

import java.nio.FloatBuffer;

/**
 * Batch normalization (Ioffe and Szegedy 2015) with the engine's settings: each unit of each
 * network by the mean and variance of its own batch, running estimates for evaluation with a
 * momentum of 0.9 and the variance that divides by n - 1.
 */
final class Normalization extends RowStage {
  private static final float MOMENTUM = 0.9f;
  private static final double EPSILON = 1e-5f;

  private final Memory memory;
  private final float[] scaleGradient;
  private final float[] shiftGradient;
  private final float[] inverse;

  /**
   * What it reads and keeps, each [K, width] in the engine's memory.
   *
   * @param scale gamma
   * @param shift beta
   * @param mean running
   * @param variance running
   */
  record Memory(FloatBuffer scale, FloatBuffer shift, FloatBuffer mean, FloatBuffer variance) {}

  Normalization(Memory memory) {
    this.memory = memory;
    int units = memory.scale().limit();
    this.scaleGradient = new float[units];
    this.shiftGradient = new float[units];
    this.inverse = new float[units];
  }

  /** By the scales, of the last backward pass: [K, width]. */
  FloatBuffer scaleGradient() {
    return FloatBuffer.wrap(scaleGradient);
  }

  /** By the shifts. */
  FloatBuffer shiftGradient() {
    return FloatBuffer.wrap(shiftGradient);
  }

  @Override
  float[] forward(float[] values, Rows rows) {
    int n = rows.length();
    float[] normal = kept(rows);
    for (int row = 0; row < rows.count(); row++) {
      int unit = rows.first() + row;
      int from = row * n;
      double mean = 0;
      for (int i = from; i < from + n; i++) {
        mean += values[i];
      }
      mean /= n;
      double squares = 0;
      for (int i = from; i < from + n; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
      inverse[unit] = (float) (1 / Math.sqrt(squares / n + EPSILON));
      running(memory.mean(), unit, mean);
      running(memory.variance(), unit, squares / (n - 1));
      for (int i = from; i < from + n; i++) {
        normal[i] = (float) (values[i] - mean) * inverse[unit];
      }
      scale(normal, values, from, n, memory.scale().get(unit), memory.shift().get(unit));
    }
    return values;
  }

  private static void running(FloatBuffer of, int unit, double value) {
    of.put(unit, MOMENTUM * of.get(unit) + (1 - MOMENTUM) * (float) value);
  }

  private static void scale(
      float[] normal, float[] into, int from, int n, float scale, float shift) {
    int end = from + n;
    for (int i = from; i < end; i++) {
      into[i] = normal[i] * scale + shift;
    }
  }

  @Override
  float[] backward(float[] gradient, Rows rows) {
    int n = rows.length();
    float[] normal = kept(rows);
    for (int row = 0; row < rows.count(); row++) {
      int unit = rows.first() + row;
      int from = row * n;
      double sum = 0;
      double along = 0;
      for (int i = from; i < from + n; i++) {
        sum += gradient[i];
        along += gradient[i] * (double) normal[i];
      }
      shiftGradient[unit] = (float) sum;
      scaleGradient[unit] = (float) along;
      float mean = (float) (sum / n);
      float slope = (float) (along / n);
      float factor = memory.scale().get(unit) * inverse[unit];
      for (int i = from; i < from + n; i++) {
        gradient[i] = factor * (gradient[i] - mean - normal[i] * slope);
      }
    }
    return gradient;
  }

  @Override
  float[] evaluate(float[] values, Rows rows) {
    int n = rows.length();
    for (int row = 0; row < rows.count(); row++) {
      int unit = rows.first() + row;
      float factor =
          (float) (memory.scale().get(unit) / Math.sqrt(memory.variance().get(unit) + EPSILON));
      float shift = memory.shift().get(unit) - memory.mean().get(unit) * factor;
      scale(values, values, row * n, n, factor, shift);
    }
    return values;
  }
}

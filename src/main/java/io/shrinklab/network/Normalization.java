package io.shrinklab.network;

import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * Batch normalization (Ioffe and Szegedy 2015) with the engine's settings: each unit of each
 * network by the mean and variance of its own batch, running estimates for evaluation with a
 * momentum of 0.9 and the variance that divides by n - 1.
 */
final class Normalization extends RowStage {
  private static final float MOMENTUM = 0.9f;
  private static final double EPSILON = 1e-5f;

  private final FloatBuffer scales;
  private final FloatBuffer shifts;
  private final FloatBuffer means;
  private final FloatBuffer variances;
  private final float[] scaleGradient;
  private final float[] shiftGradient;
  private final float[] inverse;

  /**
   * What it reads and keeps, each [K, width].
   *
   * @param scale gamma
   * @param shift beta
   * @param mean running
   * @param variance running
   */
  record Memory(Tensor scale, Tensor shift, Tensor mean, Tensor variance) {}

  Normalization(Memory memory) {
    this.scales = memory.scale().memory();
    this.shifts = memory.shift().memory();
    this.means = memory.mean().memory();
    this.variances = memory.variance().memory();
    int units = memory.scale().size();
    this.scaleGradient = new float[units];
    this.shiftGradient = new float[units];
    this.inverse = new float[units];
  }

  /** By the scales, of the last backward pass: [K, width]. */
  Tensor scaleGradient() {
    return new Tensor(FloatBuffer.wrap(scaleGradient), 1);
  }

  /** By the shifts. */
  Tensor shiftGradient() {
    return new Tensor(FloatBuffer.wrap(shiftGradient), 1);
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
      running(means, unit, mean);
      running(variances, unit, squares / (n - 1));
      for (int i = from; i < from + n; i++) {
        normal[i] = (float) (values[i] - mean) * inverse[unit];
      }
      scale(normal, values, from, n, scales.get(unit), shifts.get(unit));
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
      float factor = scales.get(unit) * inverse[unit];
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
      float factor = (float) (scales.get(unit) / Math.sqrt(variances.get(unit) + EPSILON));
      float shift = shifts.get(unit) - means.get(unit) * factor;
      scale(values, values, row * n, n, factor, shift);
    }
    return values;
  }
}

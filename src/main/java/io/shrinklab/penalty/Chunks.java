package io.shrinklab.penalty;

import java.nio.FloatBuffer;

/**
 * Runs kernels over native memory in portions: copied to a Java array, computed there, copied back.
 * The copies stay in the first-level cache and cost little; loops over plain arrays are what the
 * JIT compiler vectorizes.
 */
final class Chunks {
  /** 8 KiB of floats: two portions fit a first-level cache of 32 KiB twice. */
  static final int LENGTH = 2048;

  private final float[] first = new float[LENGTH];
  private final float[] second = new float[LENGTH];

  /** Changes values in place. */
  interface Update {
    /** Changes {@code values[0..count)}. */
    void apply(float[] values, int count);
  }

  /** Changes values in place, reading others beside them. */
  interface Combine {
    /** Changes {@code values[0..count)}, reads {@code others[0..count)}. */
    void apply(float[] values, float[] others, int count);
  }

  /** Sums over values. */
  interface Sum {
    /** The sum over {@code values[0..count)}. */
    double of(float[] values, int count);
  }

  void update(FloatBuffer values, Update kernel) {
    update(values, 0, values.limit(), kernel);
  }

  void update(FloatBuffer values, int from, int to, Update kernel) {
    for (int at = from; at < to; at += LENGTH) {
      int count = Math.min(LENGTH, to - at);
      values.get(at, first, 0, count);
      kernel.apply(first, count);
      values.put(at, first, 0, count);
    }
  }

  void combine(FloatBuffer values, FloatBuffer others, Combine kernel) {
    combine(values, others, 0, values.limit(), kernel);
  }

  void combine(FloatBuffer values, StepSizes others, Combine kernel) {
    for (int at = 0; at < values.limit(); at += LENGTH) {
      int count = Math.min(LENGTH, values.limit() - at);
      values.get(at, first, 0, count);
      others.read(at, second, count);
      kernel.apply(first, second, count);
      values.put(at, first, 0, count);
    }
  }

  void combine(FloatBuffer values, FloatBuffer others, int from, int to, Combine kernel) {
    for (int at = from; at < to; at += LENGTH) {
      int count = Math.min(LENGTH, to - at);
      values.get(at, first, 0, count);
      others.get(at, second, 0, count);
      kernel.apply(first, second, count);
      values.put(at, first, 0, count);
    }
  }

  double sum(FloatBuffer values, Sum kernel) {
    return sum(values, 0, values.limit(), kernel);
  }

  double sum(FloatBuffer values, int from, int to, Sum kernel) {
    double sum = 0;
    for (int at = from; at < to; at += LENGTH) {
      int count = Math.min(LENGTH, to - at);
      values.get(at, first, 0, count);
      sum += kernel.of(first, count);
    }
    return sum;
  }
}

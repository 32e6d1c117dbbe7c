package io.shrinklab.training;

import java.nio.FloatBuffer;

/** Numbers smaller than the smallest normal one, with which a processor computes slowly. */
final class Subnormals {
  private Subnormals() {}

  /** Sets them to 0. */
  static void drop(FloatBuffer state) {
    float[] values = new float[state.limit()];
    state.get(0, values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]) < Float.MIN_NORMAL ? 0f : values[i];
    }
    state.put(0, values);
  }
}

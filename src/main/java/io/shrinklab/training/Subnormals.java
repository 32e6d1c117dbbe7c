package io.shrinklab.training;

import java.util.List;

/** Numbers smaller than the smallest normal one, with which a processor computes slowly. */
final class Subnormals {
  private Subnormals() {}

  /** Sets them to 0. */
  static void drop(List<float[][]> state) {
    for (float[][] portions : state) {
      for (float[] portion : portions) {
        drop(portion);
      }
    }
  }

  private static void drop(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]) < Float.MIN_NORMAL ? 0f : values[i];
    }
  }
}

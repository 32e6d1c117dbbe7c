package io.shrinklab.training;

/** Numbers smaller than the smallest normal one, with which a processor computes slowly. */
final class Subnormals {
  private Subnormals() {}

  /** Sets them to 0. */
  static void drop(float[] state) {
    for (int i = 0; i < state.length; i++) {
      state[i] = Math.abs(state[i]) < Float.MIN_NORMAL ? 0f : state[i];
    }
  }
}

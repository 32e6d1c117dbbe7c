package io.shrinklab.penalty;

/** Arrays for tests, written as doubles. */
final class Arrays32 {
  private Arrays32() {}

  static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] doubles(float... values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  static float[] filled(int count, double value) {
    float[] floats = new float[count];
    java.util.Arrays.fill(floats, (float) value);
    return floats;
  }
}

package io.shrinklab.penalty;

/** Sums of {@code |w|^p}, in double precision; p = 0 counts what is not exactly 0. */
final class PowerSum {
  private PowerSum() {}

  /** The kernel for an exponent: without {@code pow} where square roots or products do. */
  static Portions.Sum of(double p) {
    if (p == 0) {
      return PowerSum::nonZeros;
    }
    if (p == 0.5) {
      return PowerSum::roots;
    }
    if (p == 1) {
      return PowerSum::absolutes;
    }
    if (p == 1.5) {
      return PowerSum::productsWithRoots;
    }
    if (p == 2) {
      return PowerSum::squares;
    }
    if (p == 3) {
      return PowerSum::cubes;
    }
    return (values, count) -> {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Math.pow(Math.abs(values[i]), p);
      }
      return sum;
    };
  }

  private static double nonZeros(float[] values, int count) {
    int nonZeros = 0;
    for (int i = 0; i < count; i++) {
      nonZeros += values[i] == 0 ? 0 : 1;
    }
    return nonZeros;
  }

  private static double roots(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.sqrt(Math.abs(values[i]));
    }
    return sum;
  }

  private static double absolutes(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.abs(values[i]);
    }
    return sum;
  }

  private static double productsWithRoots(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double a = Math.abs(values[i]);
      sum += a * Math.sqrt(a);
    }
    return sum;
  }

  private static double squares(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  private static double cubes(float[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double a = Math.abs(values[i]);
      sum += a * a * a;
    }
    return sum;
  }
}

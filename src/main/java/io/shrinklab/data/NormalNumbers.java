package io.shrinklab.data;

import java.util.SplittableRandom;

/**
 * Standard normal numbers by the polar method (Marsaglia and Bray 1964). Its one logarithm is
 * StrictMath's, so that every machine draws the same.
 */
final class NormalNumbers {
  private final SplittableRandom random;
  private double spare = Double.NaN;

  NormalNumbers(SplittableRandom random) {
    this.random = random;
  }

  /** The next number; each second one costs nothing. */
  double next() {
    if (!Double.isNaN(spare)) {
      double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * random.nextDouble() - 1;
      y = 2 * random.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double length = Math.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * length;
    return x * length;
  }
}

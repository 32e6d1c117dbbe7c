package io.shrinklab.analysis;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's adjustment (1979) of p values for several comparisons: the chance that any true null
 * hypothesis is rejected stays below the level, however the comparisons depend on each other.
 */
final class Holm {
  private Holm() {}

  /** Adjusted p values in the given order; NaN stays NaN and does not count. */
  static double[] adjust(double... pValues) {
    int[] order =
        IntStream.range(0, pValues.length)
            .filter(i -> !Double.isNaN(pValues[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = pValues.clone();
    double highest = 0;
    for (int k = 0; k < order.length; k++) {
      highest = Math.max(highest, Math.min(1, (order.length - k) * pValues[order[k]]));
      adjusted[order[k]] = highest;
    }
    return adjusted;
  }
}

package io.shrinklab.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds. The interval is Student's at 95 %, for the mean over further seeds on the same
 * data.
 *
 * @param n values that entered; NaN values never do
 * @param mean NaN when n = 0
 * @param standardDeviation of the sample (n - 1); NaN when n &lt; 2
 * @param low lower end of the interval; NaN when n &lt;= 2: two values give no interval worth
 *     drawing
 * @param high upper end
 */
public record Estimate(int n, double mean, double standardDeviation, double low, double high) {

  /** Over the values that are not NaN. */
  public static Estimate of(double... values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    int n = known.length;
    double mean = n == 0 ? Double.NaN : Arrays.stream(known).sum() / n;
    double sum = 0;
    for (double value : known) {
      sum += (value - mean) * (value - mean);
    }
    if (n > 0 && Arrays.stream(known).allMatch(value -> value == known[0])) {
      // Exactly, not but for rounding errors.
      mean = known[0];
      sum = 0;
    }
    double deviation = n < 2 ? Double.NaN : Math.sqrt(sum / (n - 1));
    double half =
        n < Rule.PAIRS
            ? Double.NaN
            : TDistribution.of(n - 1).inverseSurvivalProbability(Rule.LEVEL / 2)
                * deviation
                / Math.sqrt(n);
    return new Estimate(n, mean, deviation, mean - half, mean + half);
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return n >= Rule.PAIRS;
  }

  /** Standard deviation / sqrt(n); NaN when n &lt; 2. */
  public double standardError() {
    return standardDeviation / Math.sqrt(n);
  }
}

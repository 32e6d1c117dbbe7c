package io.shrinklab.analysis;

import java.util.List;

/**
 * Variant minus baseline, paired by seed.
 *
 * @param seeds that both completed, in the experiment's order
 * @param differences one per seed
 * @param mean NaN without a pair
 * @param standardDeviation of the differences (n - 1); NaN below two pairs
 * @param standardError of the mean, overlap of the parts included; NaN below two pairs
 * @param low lower end of this difference's own 95 % interval, for whoever asks of it alone; NaN
 *     for n &lt;= 2
 * @param high upper end
 * @param t mean / standardError; NaN where both are 0 or for n &lt;= 2
 * @param pValue two-sided, of {@code t}; 1 when all differences are 0; NaN for n &lt;= 2
 * @param correlation Pearson's, between the paired scores; NaN where one of them does not vary
 */
public record PairedDifference(
    List<Long> seeds,
    List<Double> differences,
    double mean,
    double standardDeviation,
    double standardError,
    double low,
    double high,
    double t,
    double pValue,
    double correlation) {

  /** Copies the lists. */
  public PairedDifference {
    seeds = List.copyOf(seeds);
    differences = List.copyOf(differences);
  }

  /** Pairs. */
  public int n() {
    return seeds.size();
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return n() >= Rule.PAIRS;
  }
}

package io.shrinklab.analysis;

/**
 * One quantity of a variant against its baseline's, and what it comes to among all comparisons of
 * the sweep.
 *
 * @param difference paired by seed, with its own t test
 * @param low lower end of the simultaneous interval: with 95 % confidence all intervals of a sweep
 *     hold their true differences; NaN for n &lt;= 2
 * @param high upper end
 * @param adjustedPValue the smallest level at which the interval would exclude 0 ({@link MinP});
 *     NaN for n &lt;= 2
 * @param level at which its own t test decides; NaN for n &lt;= 2
 * @param detectable the smallest true difference that is called four times out of five; NaN for n
 *     &lt;= 2
 * @param verdict better or worse where the interval excludes 0
 */
public record Contrast(
    PairedDifference difference,
    double low,
    double high,
    double adjustedPValue,
    double level,
    double detectable,
    Verdict verdict) {

  /** The mean difference; NaN without a pair. */
  public double mean() {
    return difference.mean();
  }

  /** Pairs. */
  public int n() {
    return difference.n();
  }

  /** Whether there is an interval. */
  public boolean hasInterval() {
    return difference.hasInterval();
  }

  /** Whether it is told from no difference at all. */
  boolean excludesZero() {
    return low > 0 || high < 0;
  }

  /** Whether the whole interval lies below 0. */
  boolean below() {
    return high < 0;
  }
}

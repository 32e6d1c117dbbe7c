package io.shrinklab.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Wilcoxon's signed rank test (1945), two-sided. Scores of a few hundred rows give many ties, for
 * which tables and libraries fall back on the normal approximation; here the distribution over all
 * 2^n signs is counted with the mid-ranks as they are, so it stays exact. Zeros are left out.
 */
final class SignedRank {
  private SignedRank() {}

  /** Beyond this many differences the normal approximation is as good and counting gets slow. */
  private static final int EXACT_UP_TO = 100;

  /**
   * The p value.
   *
   * @return 1 when every difference is 0; NaN without a difference
   */
  static double pValue(double... differences) {
    if (differences.length == 0) {
      return Double.NaN;
    }
    double[] nonZero = Arrays.stream(differences).filter(value -> value != 0).toArray();
    if (nonZero.length == 0) {
      return 1;
    }
    if (nonZero.length > EXACT_UP_TO) {
      return WilcoxonSignedRankTest.withDefaults()
          .with(PValueMethod.ASYMPTOTIC)
          .test(nonZero)
          .getPValue();
    }
    return exact(nonZero);
  }

  private static double exact(double[] values) {
    // Doubled, so that mid-ranks are whole numbers.
    int[] ranks = doubledRanks(values);
    int total = Arrays.stream(ranks).sum();
    int positive = 0;
    for (int i = 0; i < values.length; i++) {
      positive += values[i] > 0 ? ranks[i] : 0;
    }
    // share[w]: share of the sign assignments whose positive ranks add up to w.
    double[] share = new double[total + 1];
    share[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int w = reached; w >= 0; w--) {
        share[w] = (share[w] + (w >= rank ? share[w - rank] : 0)) / 2;
      }
    }
    int smaller = Math.min(positive, total - positive);
    double tail = 0;
    for (int w = 0; w <= smaller; w++) {
      tail += share[w];
    }
    return Math.min(1, 2 * tail);
  }

  private static int[] doubledRanks(double[] values) {
    int[] ranks = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int same = 0;
      for (double other : values) {
        int order = compare(Math.abs(other), Math.abs(values[i]));
        below += order < 0 ? 1 : 0;
        same += order == 0 ? 1 : 0;
      }
      ranks[i] = 2 * below + same + 1;
    }
    return ranks;
  }

  /**
   * Differences of scores that are equal on paper, 0.95 - 0.94 and 0.96 - 0.95, differ in the last
   * bits.
   */
  private static int compare(double left, double right) {
    return Math.abs(left - right) <= 1e-9 * Math.max(left, right) ? 0 : Double.compare(left, right);
  }
}

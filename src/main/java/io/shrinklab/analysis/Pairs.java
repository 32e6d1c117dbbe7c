package io.shrinklab.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/** Scores of a variant and of its baseline under the same seeds. */
final class Pairs {
  private final List<Long> seeds = new ArrayList<>();
  private final List<Double> variant = new ArrayList<>();
  private final List<Double> baseline = new ArrayList<>();

  void add(long seed, double variantScore, double baselineScore) {
    seeds.add(seed);
    variant.add(variantScore);
    baseline.add(baselineScore);
  }

  /** Pairs. */
  int size() {
    return seeds.size();
  }

  /**
   * The mean difference and Student's t for it.
   *
   * @param ratio added to 1 / n in the mean's variance: 0 for the paired t test, n_test / n_train
   *     for Nadeau and Bengio's
   */
  PairedDifference difference(double ratio) {
    double[] differences = differences();
    Estimate estimate = Estimate.of(differences);
    int n = estimate.n();
    double error = estimate.standardDeviation() * Math.sqrt(1.0 / n + ratio);
    double t = n >= Rule.PAIRS ? estimate.mean() / error : Double.NaN;
    double half = n >= Rule.PAIRS ? error * inverse(n - 1) : Double.NaN;
    List<Double> boxed = new ArrayList<>();
    for (double difference : differences) {
      boxed.add(difference);
    }
    return new PairedDifference(
        seeds,
        boxed,
        estimate.mean(),
        estimate.standardDeviation(),
        error,
        estimate.mean() - half,
        estimate.mean() + half,
        t,
        pValue(n, error, t, differences),
        correlation());
  }

  /**
   * How the differences vary, for correlations between comparisons.
   *
   * @param all the experiment's seeds
   * @return [all seeds]: differences from their mean, of norm 1; 0 for seeds without a pair, and
   *     throughout where the differences do not vary
   */
  double[] residuals(List<Long> all) {
    double[] differences = differences();
    double mean = Estimate.of(differences).mean();
    double norm = Math.sqrt(Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum());
    double[] residuals = new double[all.size()];
    int next = 0;
    // Both are in the experiment's order.
    for (int i = 0; i < residuals.length && next < differences.length; i++) {
      if (all.get(i).equals(seeds.get(next))) {
        residuals[i] = norm < 1e-12 ? 0 : (differences[next] - mean) / norm;
        next++;
      }
    }
    return residuals;
  }

  private double[] differences() {
    double[] differences = new double[seeds.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = rounded(variant.get(i) - baseline.get(i));
    }
    return differences;
  }

  private static double pValue(int n, double error, double t, double[] differences) {
    if (n < Rule.PAIRS) {
      return Double.NaN;
    }
    if (error == 0) {
      // Equal differences leave t nothing to divide by; the count of signs still says something.
      return SignedRank.pValue(differences);
    }
    return 2 * TDistribution.of(n - 1).survivalProbability(Math.abs(t));
  }

  private static double inverse(int degrees) {
    return TDistribution.of(degrees).inverseSurvivalProbability(Rule.LEVEL / 2);
  }

  /**
   * Scores that differ by the same number of rows differ by the same fraction, but for the last
   * bits of the subtraction; those would pass for variation. Rounded to a multiple of 2^-40, or of
   * 2^-40 of its size if it is above one.
   */
  private static double rounded(double difference) {
    double unit = Math.max(0x1p-40, Math.ulp(difference) * 0x1p12);
    return Math.rint(difference / unit) * unit;
  }

  private double correlation() {
    double meanVariant = variant.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    double meanBaseline =
        baseline.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    double product = 0;
    double squaresVariant = 0;
    double squaresBaseline = 0;
    for (int i = 0; i < variant.size(); i++) {
      double v = variant.get(i) - meanVariant;
      double b = baseline.get(i) - meanBaseline;
      product += v * b;
      squaresVariant += v * v;
      squaresBaseline += b * b;
    }
    // Not varying at all leaves rounding errors at most.
    return squaresVariant < 1e-24 || squaresBaseline < 1e-24
        ? Double.NaN
        : product / Math.sqrt(squaresVariant * squaresBaseline);
  }
}

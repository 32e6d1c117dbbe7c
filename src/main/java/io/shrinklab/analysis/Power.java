package io.shrinklab.analysis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.numbers.rootfinder.BrentSolver;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a two-sided t test finds. Under a true difference of {@code d} the statistic is noncentral t
 * with noncentrality {@code d / standard error}: a normal number over the root of an independent
 * chi-squared one over its degrees of freedom, integrated here over the latter.
 */
final class Power {
  private Power() {}

  /** Points of the midpoint rule over the chi-squared quantiles. */
  private static final int POINTS = 500;

  /** By degrees of freedom: quantiles take longer than all the rest. */
  private static final Map<Integer, double[]> DEVIATIONS = new ConcurrentHashMap<>();

  private static final BrentSolver SOLVER = new BrentSolver(1e-10, 1e-10, 1e-14);

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /**
   * The chance that a true difference is called.
   *
   * @param noncentrality true difference / true standard error of the mean
   * @param degrees of freedom, at least 1
   * @param level two-sided, in (0, 1)
   */
  static double of(double noncentrality, int degrees, double level) {
    return of(noncentrality, critical(degrees, level), deviations(degrees));
  }

  /**
   * The noncentrality that is found with the given chance: times the standard error it is the
   * smallest detectable difference.
   *
   * @param chance above {@code level}, below 1
   */
  static double noncentrality(double chance, int degrees, double level) {
    double critical = critical(degrees, level);
    double[] deviations = deviations(degrees);
    double high = 1;
    while (of(high, critical, deviations) < chance) {
      high *= 2;
    }
    return SOLVER.findRoot(x -> of(x, critical, deviations) - chance, 0, high);
  }

  private static double critical(int degrees, double level) {
    return TDistribution.of(degrees).inverseSurvivalProbability(level / 2);
  }

  private static double of(double noncentrality, double critical, double[] deviations) {
    double sum = 0;
    for (double deviation : deviations) {
      double bound = critical * deviation;
      sum +=
          NORMAL.survivalProbability(bound - noncentrality)
              + NORMAL.cumulativeProbability(-bound - noncentrality);
    }
    return sum / deviations.length;
  }

  /** Equally likely values of sample over true standard deviation. */
  private static double[] deviations(int degrees) {
    return DEVIATIONS.computeIfAbsent(degrees, Power::quantiles);
  }

  private static double[] quantiles(int degrees) {
    ChiSquaredDistribution squares = ChiSquaredDistribution.of(degrees);
    double[] deviations = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      deviations[i] = Math.sqrt(squares.inverseCumulativeProbability((i + 0.5) / POINTS) / degrees);
    }
    return deviations;
  }
}

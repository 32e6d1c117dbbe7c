package io.shrinklab.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How small the smallest p value of many comparisons gets where none of them has a true difference:
 * the single-step min-p procedure of Westfall and Young (1993), with the joint distribution that
 * Hothorn, Bretz and Westfall (2008) use, normal with the correlations of the paired differences.
 * Comparisons of near twins cost next to nothing beside each other; unrelated ones cost what
 * Bonferroni's bound says.
 *
 * <p>Correlations of a few seeds are noisy, and noise looks like correlation. So they are shrunk
 * towards none by Schaefer and Strimmer's (2005) share, estimated variance of the correlations over
 * their squares. Each comparison has a weight, its claim on the error; its p value is divided by
 * it.
 *
 * <p>One draw decides p values and the intervals alike, so an interval excludes 0 exactly where its
 * adjusted p value is within the level.
 */
final class MinP {
  /** Draws for sweeps of ordinary size: the share at 5 % is then known to 0.2 %. */
  private static final int MOST_DRAWS = 10_000;

  private static final int FEWEST_DRAWS = 2_000;

  /** Normal numbers in all draws together, which is what the time goes into. */
  private static final long NUMBERS = 4_000_000;

  /** Comparisons from which the share of noise is estimated. */
  private static final int SAMPLED = 300;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final double total;
  private final double[] smallest;

  /**
   * Draws.
   *
   * @param residuals [comparisons][seeds], each row centred and of norm 1, with 0 where a seed is
   *     missing; a row of zeros, of differences that do not vary, counts as correlated with none
   * @param weights [comparisons], above 0; the largest is 1
   */
  MinP(double[][] residuals, double[] weights) {
    total = Arrays.stream(weights).sum();
    smallest = residuals.length < 2 ? new double[0] : draw(residuals, weights);
  }

  /**
   * The chance that any comparison has a weighted p value as small as this one.
   *
   * @param weighted p value divided by the comparison's weight
   * @return at most what Bonferroni's bound says; NaN of NaN
   */
  double adjusted(double weighted) {
    double bound = Math.min(1, total * weighted);
    if (smallest.length == 0 || Double.isNaN(weighted)) {
      return bound;
    }
    // No smaller than the p value itself, whatever the draws say.
    int found = Arrays.binarySearch(smallest, Math.nextUp(weighted));
    int below = found < 0 ? -found - 1 : found;
    return Math.min(bound, Math.max(weighted, (below + 1.0) / (smallest.length + 1)));
  }

  /** The largest weighted p value whose adjusted one is within the level. */
  double critical(double level) {
    double bound = level / total;
    int below = (int) Math.floor(level * (smallest.length + 1)) - 1;
    // As many draws are allowed to be as small; the next one is one too many.
    return below < 0 || below >= smallest.length
        ? bound
        : Math.max(bound, Math.min(level, Math.nextDown(smallest[below])));
  }

  private static double[] draw(double[][] residuals, double[] weights) {
    int comparisons = residuals.length;
    int seeds = residuals[0].length;
    double noise = noise(residuals);
    // [seeds][comparisons], so that the inner loop runs over neighbours.
    float[][] loadings = new float[seeds][comparisons];
    float[] own = new float[comparisons];
    for (int j = 0; j < comparisons; j++) {
      boolean varies = Arrays.stream(residuals[j]).anyMatch(value -> value != 0);
      own[j] = varies ? (float) Math.sqrt(noise) : 1;
      for (int i = 0; i < seeds; i++) {
        loadings[i][j] = (float) (Math.sqrt(1 - noise) * residuals[j][i]);
      }
    }
    double[] classes = Arrays.stream(weights).distinct().toArray();
    int[] classOf = new int[comparisons];
    for (int j = 0; j < comparisons; j++) {
      classOf[j] = indexOf(classes, weights[j]);
    }
    int draws = (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, NUMBERS / (comparisons + seeds)));
    Normals normals = new Normals((long) draws * (comparisons + seeds));
    double[] found = new double[draws];
    float[] values = new float[comparisons];
    for (int d = 0; d < draws; d++) {
      for (int j = 0; j < comparisons; j++) {
        values[j] = own[j] == 0 ? 0 : own[j] * normals.next();
      }
      for (float[] loading : loadings) {
        add(normals.next(), loading, values);
      }
      float[] largest = new float[classes.length];
      for (int j = 0; j < comparisons; j++) {
        largest[classOf[j]] = Math.max(largest[classOf[j]], Math.abs(values[j]));
      }
      found[d] = smallest(largest, classes);
    }
    Arrays.sort(found);
    return found;
  }

  private static void add(float factor, float[] loading, float[] values) {
    for (int j = 0; j < values.length; j++) {
      values[j] += factor * loading[j];
    }
  }

  private static double smallest(float[] largest, double[] classes) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < classes.length; k++) {
      // A smaller weight needs a larger value to come first; most draws need one tail only.
      if (k > 0 && classes[k] <= classes[0] && largest[k] <= largest[0]) {
        continue;
      }
      smallest = Math.min(smallest, 2 * NORMAL.survivalProbability(largest[k]) / classes[k]);
    }
    return smallest;
  }

  private static int indexOf(double[] values, double value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    throw new IllegalArgumentException(value + " is none of them");
  }

  /**
   * The share of the squared correlations that is noise: sum of (1 - r^2)^2 / (seeds - 1), the
   * variance of a correlation, over the sum of r^2.
   */
  static double noise(double[][] residuals) {
    int step = Math.max(1, residuals.length / SAMPLED);
    double squares = 0;
    double variances = 0;
    for (int j = 0; j < residuals.length; j += step) {
      for (int k = 0; k < j; k += step) {
        double r = 0;
        for (int i = 0; i < residuals[j].length; i++) {
          r += residuals[j][i] * residuals[k][i];
        }
        squares += r * r;
        variances += (1 - r * r) * (1 - r * r) / (residuals[j].length - 1);
      }
    }
    return squares == 0 ? 1 : Math.min(1, variances / squares);
  }
}

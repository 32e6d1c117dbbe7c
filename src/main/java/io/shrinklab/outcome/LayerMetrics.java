package io.shrinklab.outcome;

import java.util.List;

/**
 * One row of {@code layers.csv}: the multiplicative weights of one layer after one epoch.
 *
 * @param epoch counted from 1
 * @param layer the parameter's name
 * @param weights how many there are
 * @param lpNorm (sum |w|^p)^(1/p), p as in {@link EpochMetrics}
 * @param lpPowerSum sum |w|^p
 * @param nearZeroFraction share with |w| below {@code training.nearZero}
 * @param exactZeroFraction share that is exactly 0
 * @param histogram counts of w in {@link #BINS} bins of equal width over [-limit, limit], the
 *     outermost taking what lies beyond
 * @param histogramLimit half the histogram's width: the same for all epochs of a run and layer
 */
public record LayerMetrics(
    int epoch,
    String layer,
    long weights,
    double lpNorm,
    double lpPowerSum,
    double nearZeroFraction,
    double exactZeroFraction,
    List<Integer> histogram,
    double histogramLimit) {

  /** Bins of a histogram; odd, so that zero has a bin of its own. */
  public static final int BINS = 41;

  /** Copies the list. */
  public LayerMetrics {
    histogram = List.copyOf(histogram);
  }
}

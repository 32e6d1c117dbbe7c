package io.shrinklab.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A line of any length in bounded memory: values one after the other are gathered in stretches of
 * equal length, of each of which the mean and both extremes are kept. Whenever there are too many
 * stretches, neighbours are joined. What is no number is left out; a stretch of nothing else is
 * NaN.
 */
public final class ThinnedLine {
  private final double[] sums;
  private final int[] counts;
  private final double[] lows;
  private final double[] highs;
  private long values;
  private int stride = 1;

  /**
   * An empty line.
   *
   * @param most stretches; even
   */
  public ThinnedLine(int most) {
    sums = new double[most];
    counts = new int[most];
    lows = new double[most];
    highs = new double[most];
    Arrays.fill(lows, Double.NaN);
    Arrays.fill(highs, Double.NaN);
  }

  /** Adds the next value. */
  public void add(double value) {
    int at = (int) (values / stride);
    if (at == sums.length) {
      join();
      at = (int) (values / stride);
    }
    values++;
    if (!Double.isFinite(value)) {
      return;
    }
    sums[at] += value;
    lows[at] = counts[at] == 0 ? value : Math.min(lows[at], value);
    highs[at] = counts[at] == 0 ? value : Math.max(highs[at], value);
    counts[at]++;
  }

  private void join() {
    int half = sums.length / 2;
    for (int i = 0; i < half; i++) {
      int one = 2 * i;
      int other = one + 1;
      double low = counts[one] == 0 ? lows[other] : lows[one];
      double high = counts[one] == 0 ? highs[other] : highs[one];
      boolean both = counts[one] > 0 && counts[other] > 0;
      lows[i] = both ? Math.min(low, lows[other]) : low;
      highs[i] = both ? Math.max(high, highs[other]) : high;
      sums[i] = sums[one] + sums[other];
      counts[i] = counts[one] + counts[other];
    }
    Arrays.fill(sums, half, sums.length, 0);
    Arrays.fill(counts, half, sums.length, 0);
    Arrays.fill(lows, half, sums.length, Double.NaN);
    Arrays.fill(highs, half, sums.length, Double.NaN);
    stride *= 2;
  }

  /** How many values a stretch gathers; the last may have fewer. */
  public int stride() {
    return stride;
  }

  private int size() {
    return (int) ((values + stride - 1) / stride);
  }

  /** By stretch. */
  public List<Double> means() {
    return list(i -> sums[i] / counts[i]);
  }

  /** By stretch. */
  public List<Double> lows() {
    return list(i -> lows[i]);
  }

  /** By stretch. */
  public List<Double> highs() {
    return list(i -> highs[i]);
  }

  private List<Double> list(IntToDoubleFunction value) {
    List<Double> list = new ArrayList<>(size());
    IntStream.range(0, size()).mapToDouble(value).forEach(list::add);
    return list;
  }

  /**
   * The mean of some values, and of what else is in their stretches; NaN of none.
   *
   * @param from the first, counted from 0
   * @param to the first that is not among them
   */
  public double mean(long from, long to) {
    double sum = 0;
    long count = 0;
    for (int i = (int) (from / stride); i < Math.min(size(), (to + stride - 1) / stride); i++) {
      sum += sums[i];
      count += counts[i];
    }
    return sum / count;
  }
}

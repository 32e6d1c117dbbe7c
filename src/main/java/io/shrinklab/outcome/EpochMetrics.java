package io.shrinklab.outcome;

import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One row of {@code metrics.csv}: a run after one epoch. Losses are means over rows of the data
 * loss in evaluation mode and never include the penalty; scores are larger the better. Immutable,
 * and small: a report holds half a million of them.
 */
public final class EpochMetrics {
  private final int epoch;
  private final double[] columns;

  private EpochMetrics(int epoch, double[] columns) {
    this.epoch = epoch;
    this.columns = columns;
  }

  /**
   * A row that was measured.
   *
   * @param epoch counted from 1
   * @param measured the columns' values; what may be empty can be left out
   * @throws IllegalArgumentException when another column is left out
   */
  public static EpochMetrics measured(int epoch, Map<Metric, Double> measured) {
    return of(
        epoch,
        metric -> {
          Double value = measured.get(metric);
          if (value == null && !metric.mayBeEmpty()) {
            throw new IllegalArgumentException(metric.column() + " was not measured");
          }
          return value == null ? Double.NaN : value;
        });
  }

  /** A row from elsewhere, which is asked for each of {@link Metric#COLUMNS}. */
  public static EpochMetrics of(int epoch, ToDoubleFunction<Metric> source) {
    double[] columns = new double[Metric.COLUMNS.size()];
    for (Metric metric : Metric.COLUMNS) {
      columns[metric.place()] = source.applyAsDouble(metric);
    }
    return new EpochMetrics(epoch, columns);
  }

  /** Counted from 1. */
  public int epoch() {
    return epoch;
  }

  /** A metric's value; NaN where there is none. */
  public double get(Metric metric) {
    return metric.of(this, columns);
  }

  /** {@link Metric#VALIDATION_SCORE}, which chooses the epoch. */
  public double validationScore() {
    return get(Metric.VALIDATION_SCORE);
  }

  /** {@link Metric#VALIDATION_LOSS} at the same weights. */
  public double validationLoss() {
    return get(Metric.VALIDATION_LOSS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EpochMetrics row
        && epoch == row.epoch
        && Arrays.equals(columns, row.columns);
  }

  @Override
  public int hashCode() {
    return 31 * epoch + Arrays.hashCode(columns);
  }

  @Override
  public String toString() {
    return "epoch " + epoch + " " + Metric.COLUMNS + " " + Arrays.toString(columns);
  }
}

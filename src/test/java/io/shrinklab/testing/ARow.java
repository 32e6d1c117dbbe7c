package io.shrinklab.testing;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import java.util.EnumMap;
import java.util.Map;

/** An epoch's metrics, made up: what a test does not say is 0, or empty where it may be. */
public final class ARow {
  private final int epoch;
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  private ARow(int epoch) {
    this.epoch = epoch;
    Metric.COLUMNS.stream()
        .filter(metric -> !metric.mayBeEmpty())
        .forEach(metric -> values.put(metric, 0.0));
  }

  /** A row of an epoch, counted from 1. */
  public static ARow of(int epoch) {
    return new ARow(epoch);
  }

  /** The same row, to be changed. */
  public static ARow like(EpochMetrics row) {
    ARow like = of(row.epoch());
    Metric.COLUMNS.forEach(metric -> like.with(metric, row.get(metric)));
    return like;
  }

  public ARow with(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  /** Scores of both parts. */
  public ARow scores(double train, double validation) {
    return with(Metric.TRAIN_SCORE, train).with(Metric.VALIDATION_SCORE, validation);
  }

  /** Losses of both parts. */
  public ARow losses(double train, double validation) {
    return with(Metric.TRAIN_LOSS, train).with(Metric.VALIDATION_LOSS, validation);
  }

  public EpochMetrics row() {
    return EpochMetrics.measured(epoch, values);
  }
}

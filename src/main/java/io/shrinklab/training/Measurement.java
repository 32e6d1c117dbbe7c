package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.Variant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Measures a network after each epoch: its weights, its penalty, and what its evaluations gave. */
final class Measurement {
  private final Regularizer regularizer;
  private final WeightStatistics statistics;

  Measurement(Variant variant, List<NamedParameter> trained, Regularizer regularizer) {
    this.regularizer = regularizer;
    this.statistics =
        new WeightStatistics(trained, variant.penalty().p(), variant.training().nearZero());
  }

  /**
   * An epoch as it is recorded.
   *
   * @param epoch its row; may hold what is no number
   * @param layers a row for each layer
   */
  record Rows(EpochMetrics epoch, List<LayerMetrics> layers) {
    /** Whether it can be recorded: no loss, score or norm is NaN or infinite. */
    boolean isFinite() {
      return Stream.of(
              Metric.TRAIN_LOSS,
              Metric.TRAIN_SCORE,
              Metric.VALIDATION_LOSS,
              Metric.VALIDATION_SCORE,
              Metric.PENALTY,
              Metric.LP_POWER_SUM)
          .allMatch(metric -> Double.isFinite(epoch.get(metric)));
    }
  }

  /** The norm of a power sum, with the variant's p. */
  double norm(double powerSum) {
    return statistics.norm(powerSum);
  }

  /** Measures the present weights; rate and ratio are those of the epoch's last step. */
  Rows after(
      int epoch,
      Evaluation train,
      Evaluation validation,
      double rate,
      double gradientRatio,
      double seconds) {
    List<LayerMetrics> layers = statistics.measure(epoch);
    double powerSum = layers.stream().mapToDouble(LayerMetrics::lpPowerSum).sum();
    double penalty = regularizer.cost();
    Map<Metric, Double> row = new EnumMap<>(Metric.class);
    row.put(Metric.TRAIN_LOSS, train.loss());
    row.put(Metric.TRAIN_SCORE, train.score());
    row.put(Metric.VALIDATION_LOSS, validation.loss());
    row.put(Metric.VALIDATION_SCORE, validation.score());
    row.put(Metric.PENALTY, penalty);
    row.put(Metric.LP_NORM, statistics.norm(powerSum));
    row.put(Metric.LP_POWER_SUM, powerSum);
    row.put(Metric.NEAR_ZERO_FRACTION, share(layers, LayerMetrics::nearZeroFraction));
    row.put(Metric.LEARNING_RATE, rate);
    row.put(Metric.SECONDS, seconds);
    row.put(Metric.TOTAL_LOSS, train.loss() + penalty);
    row.put(Metric.EXACT_ZERO_FRACTION, share(layers, LayerMetrics::exactZeroFraction));
    row.put(Metric.GRADIENT_RATIO, gradientRatio);
    row.put(Metric.TRAIN_ACCURACY, train.accuracy());
    row.put(Metric.VALIDATION_ACCURACY, validation.accuracy());
    return new Rows(EpochMetrics.measured(epoch, row), layers);
  }

  private static double share(List<LayerMetrics> rows, ToDoubleFunction<LayerMetrics> fraction) {
    double weights = rows.stream().mapToDouble(LayerMetrics::weights).sum();
    return rows.stream().mapToDouble(row -> fraction.applyAsDouble(row) * row.weights()).sum()
        / weights;
  }
}

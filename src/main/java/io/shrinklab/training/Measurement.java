package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.Variant;
import java.util.List;
import java.util.function.ToDoubleFunction;

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
      return new Evaluation(epoch.trainLoss(), epoch.trainScore()).isFinite()
          && new Evaluation(epoch.validationLoss(), epoch.validationScore()).isFinite()
          && Double.isFinite(epoch.penalty())
          && Double.isFinite(epoch.lpPowerSum());
    }
  }

  /** Measures the present weights; rate and ratio are those of the epoch's last step. */
  Rows after(
      int epoch,
      Evaluation train,
      Evaluation validation,
      double rate,
      double gradientRatio,
      long startNanos) {
    List<LayerMetrics> layers = statistics.measure(epoch);
    double powerSum = layers.stream().mapToDouble(LayerMetrics::lpPowerSum).sum();
    double penalty = regularizer.cost();
    EpochMetrics metrics =
        new EpochMetrics(
            epoch,
            train.loss(),
            train.score(),
            validation.loss(),
            validation.score(),
            penalty,
            statistics.norm(powerSum),
            powerSum,
            share(layers, LayerMetrics::nearZeroFraction),
            rate,
            (System.nanoTime() - startNanos) / 1e9,
            train.loss() + penalty,
            share(layers, LayerMetrics::exactZeroFraction),
            gradientRatio,
            train.accuracy(),
            validation.accuracy());
    return new Rows(metrics, layers);
  }

  private static double share(List<LayerMetrics> rows, ToDoubleFunction<LayerMetrics> fraction) {
    double weights = rows.stream().mapToDouble(LayerMetrics::weights).sum();
    return rows.stream().mapToDouble(row -> fraction.applyAsDouble(row) * row.weights()).sum()
        / weights;
  }
}

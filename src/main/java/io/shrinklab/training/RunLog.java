package io.shrinklab.training;

import io.shrinklab.data.DataSplit;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.penalty.WeightStatistics;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a run has shown so far: a row per epoch, and the epoch that validation would choose. */
final class RunLog {
  private final RunSpec spec;
  private final Model model;
  private final DataSplit data;
  private final Regularizer regularizer;
  private final WeightStatistics statistics;
  private final List<EpochMetrics> epochs = new ArrayList<>();
  private final List<LayerMetrics> layers = new ArrayList<>();

  private @Nullable EpochMetrics best;
  private @Nullable Snapshot bestWeights;

  RunLog(RunSpec spec, Model model, DataSplit data, Regularizer regularizer) {
    this.spec = spec;
    this.model = model;
    this.data = data;
    this.regularizer = regularizer;
    this.statistics =
        new WeightStatistics(
            model.trained(), spec.variant().penalty().p(), spec.variant().training().nearZero());
  }

  /** Measures the network after an epoch; losses may be no numbers. */
  EpochMetrics measure(int epoch, double rate, double gradientRatio, long startNanos) {
    Evaluation train = model.evaluate(data.train());
    Evaluation validation = model.evaluate(data.validation());
    List<LayerMetrics> measured = statistics.measure(epoch);
    layers.addAll(measured);
    double powerSum = measured.stream().mapToDouble(LayerMetrics::lpPowerSum).sum();
    double penalty = regularizer.cost();
    return new EpochMetrics(
        epoch,
        train.loss(),
        train.score(),
        validation.loss(),
        validation.score(),
        penalty,
        statistics.norm(powerSum),
        powerSum,
        share(measured, LayerMetrics::nearZeroFraction),
        rate,
        (System.nanoTime() - startNanos) / 1e9,
        train.loss() + penalty,
        share(measured, LayerMetrics::exactZeroFraction),
        gradientRatio,
        train.accuracy(),
        validation.accuracy());
  }

  /** Whether an epoch can be a row: no loss, score or norm is NaN or infinite. */
  boolean isFinite(EpochMetrics metrics) {
    return new Evaluation(metrics.trainLoss(), metrics.trainScore()).isFinite()
        && new Evaluation(metrics.validationLoss(), metrics.validationScore()).isFinite()
        && Double.isFinite(metrics.penalty())
        && Double.isFinite(metrics.lpPowerSum());
  }

  /** Takes an epoch in. */
  void add(EpochMetrics metrics) {
    epochs.add(metrics);
    if (best == null || metrics.validationScore() > best.validationScore()) {
      best = metrics;
      bestWeights = Snapshot.of(model.parameters());
    }
  }

  /** Ends the run: keeps the last weights, then reads the test part once at the best ones. */
  RunOutcome outcome(RunStatus status, String reason) {
    WeightsFile last = Snapshot.file(model.parameters());
    List<Coefficient> coefficients = coefficients();
    layers.removeIf(row -> row.epoch() > epochs.size());
    return new RunOutcome(
        spec,
        status,
        reason,
        data.task().scoreName(),
        epochs,
        layers,
        bestEpoch(),
        data.sizes(),
        data.sha256(),
        last,
        data.equalRows(),
        coefficients);
  }

  private @Nullable BestEpoch bestEpoch() {
    if (best == null || bestWeights == null) {
      return null;
    }
    bestWeights.restore(model.parameters());
    Evaluation test = model.evaluate(data.test());
    return new BestEpoch(
        best.epoch(),
        best.validationScore(),
        best.validationLoss(),
        test.score(),
        test.loss(),
        Double.isNaN(test.accuracy()) ? null : Double.valueOf(test.accuracy()));
  }

  /** Of a linear network with one output, where the features have names. */
  private List<Coefficient> coefficients() {
    List<String> names = data.features();
    if (!spec.variant().network().isLinear() || data.outputs() != 1) {
      return List.of();
    }
    float[] weights = model.trained().get(0).parameter().getArray().toFloatArray();
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Coefficient(names.get(i), weights[i]))
        .toList();
  }

  private static double share(List<LayerMetrics> rows, ToDoubleFunction<LayerMetrics> fraction) {
    double weights = rows.stream().mapToDouble(LayerMetrics::weights).sum();
    return rows.stream().mapToDouble(row -> fraction.applyAsDouble(row) * row.weights()).sum()
        / weights;
  }
}

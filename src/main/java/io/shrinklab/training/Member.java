package io.shrinklab.training;

import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Task;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunArrays;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a run knows its treatment: penalty and optimizer, learning rate and stop rule, what was
 * recorded, the best weights so far, and how it ended. It is told losses and gradients, and moves
 * its own weights.
 */
final class Member {
  private final RunSpec spec;
  private final DataSplit data;
  private final List<NamedParameter> parameters;
  private final int stepsPerEpoch;
  private final TrainingListener listener;
  private final Step step;
  private final LearningRate learningRate;
  private final StopRule stop;
  private final @Nullable Optimality optimality;
  private final Measurement measurement;
  private final @Nullable StepRecorder recorder;
  private final List<EpochMetrics> epochs = new ArrayList<>();
  private final List<LayerMetrics> layers = new ArrayList<>();

  private int epoch;
  private long steps;
  private double rate;
  private double gradientRatio;
  private double violation = Double.NaN;
  private boolean converged;
  private @Nullable BestSoFar best;
  private @Nullable Ending ending;

  private record Ending(
      RunStatus status, String reason, WeightsFile weights, List<Coefficient> coefficients) {}

  /**
   * Sets the variant's treatment up.
   *
   * @param data what is recorded of it, not its rows
   * @param parameters of its network
   * @param trained those of them that are moved
   * @param optimalityScale {@link Optimality#scale}; NaN where there is no optimum to tell of
   * @throws PenaltyException also where an optimum is to be trained to and there is none
   */
  Member(
      RunSpec spec,
      DataSplit data,
      List<NamedParameter> parameters,
      List<NamedParameter> trained,
      int stepsPerEpoch,
      double optimalityScale,
      TrainingListener listener)
      throws PenaltyException {
    this.spec = spec;
    this.data = data;
    this.parameters = parameters;
    this.stepsPerEpoch = stepsPerEpoch;
    this.listener = listener;
    TrainingSpec training = spec.variant().training();
    step = new Step(spec.variant(), trained);
    learningRate = new LearningRate(spec.variant().optimizer(), training.epochs(), stepsPerEpoch);
    stop = new StopRule(training);
    measurement = new Measurement(spec.variant(), trained, step.regularizer());
    recorder = listener.wantsSteps() ? new StepRecorder(trained, step) : null;
    boolean settles =
        spec.variant().penalty().isConvex()
            && spec.variant().penalty().settlesUnder(spec.variant().optimizer());
    optimality =
        settles && !Double.isNaN(optimalityScale)
            ? new Optimality(step.regularizer(), optimalityScale)
            : null;
    if (training.until() == TrainingSpec.Until.CONVERGED && optimality == null) {
      throw new PenaltyException(
          "training.until: found converged; "
              + (settles
                  ? training.needsFullBatches(data.train().rows())
                  : "needs a convex penalty whose steps settle at an optimum"));
    }
  }

  /** Whether it is to be trained no further. */
  boolean hasEnded() {
    return ending != null;
  }

  /** Begins an epoch, counted from 1. */
  void startEpoch(int number) {
    epoch = number;
    step.regularizer().startEpoch(number);
  }

  /**
   * Moves the weights by the gradients of a batch, or ends where its loss is no number.
   *
   * @param rows in the batch
   * @param loss of the batch, in training mode
   * @param gradients of the data loss by the weights that are moved
   */
  void step(int rows, double loss, List<Tensor> gradients) {
    if (hasConverged(gradients)) {
      return;
    }
    rate = learningRate.at(steps++);
    if (!Double.isFinite(loss)) {
      diverge("data loss", loss);
      return;
    }
    if (recorder == null) {
      if (steps % stepsPerEpoch == 0) {
        gradientRatio = step.balance(gradients).ratio();
      }
      step.update(rate, gradients);
      return;
    }
    GradientBalance.Norms norms = step.balance(gradients);
    gradientRatio = norms.ratio();
    double powerSum = step.regularizer().powerSum(spec.variant().penalty().p());
    double penalty = step.regularizer().cost();
    recorder.before(gradients);
    step.update(rate, gradients);
    recorder.after(rate);
    listener.onStep(
        spec,
        new StepMetrics(
            steps,
            epoch,
            rows,
            loss,
            penalty,
            measurement.norm(powerSum),
            powerSum,
            loss + penalty,
            norms.data(),
            norms.penalty(),
            rate,
            recorder.onWeights(),
            recorder.weights(),
            recorder.layers(),
            recorder.fingerprint()));
  }

  /** Ends where the gradients say that the weights of the epoch before are at the optimum. */
  private boolean hasConverged(List<Tensor> gradients) {
    TrainingSpec training = spec.variant().training();
    if (training.until() == TrainingSpec.Until.EPOCHS || epochs.isEmpty()) {
      return false;
    }
    violates(gradients);
    if (!(violation <= training.tolerance())) {
      return false;
    }
    converged = true;
    end(
        RunStatus.COMPLETED,
        String.format(
            Locale.ROOT,
            "converged after epoch %d of %d: violates the optimality condition by %.1e",
            epochs.size(),
            training.epochs(),
            violation));
    return true;
  }

  /** Whether it ended where how far it is from an optimum means something and is not known. */
  boolean needsViolation() {
    return ending != null
        && ending.status() == RunStatus.COMPLETED
        && optimality != null
        && !converged;
  }

  /**
   * Notes how far the weights are from the optimum.
   *
   * @param gradients of the data loss over all training rows
   */
  void violates(List<Tensor> gradients) {
    violation = optimality == null ? Double.NaN : optimality.violation(gradients);
  }

  /**
   * Records the epoch at its evaluations, and ends where that was the last or is no number.
   *
   * @param seconds that it took
   */
  void endEpoch(Evaluation train, Evaluation validation, double seconds) {
    step.endEpoch();
    Measurement.Rows rows =
        measurement.after(epoch, train, validation, rate, gradientRatio, seconds);
    EpochMetrics metrics = rows.epoch();
    if (!rows.isFinite()) {
      diverge("evaluation loss", metrics.get(Metric.TRAIN_LOSS));
      return;
    }
    epochs.add(metrics);
    layers.addAll(rows.layers());
    boolean last = spec.variant().training().selection() == TrainingSpec.Selection.LAST;
    if (last || best == null || metrics.validationScore() > best.epoch().validationScore()) {
      best = new BestSoFar(metrics, Snapshot.of(parameters));
    }
    stop.afterEpoch(epoch, metrics.validationScore());
    listener.onEpoch(spec, metrics);
    learningRate.afterEpoch(epoch, metrics.validationLoss());
    if (stop.isOver() || epoch == spec.variant().training().epochs()) {
      end(RunStatus.COMPLETED, stop.reason());
    }
  }

  private void diverge(String what, double value) {
    end(
        RunStatus.DIVERGED,
        "the " + what + " became " + value + " in epoch " + epoch + " at step " + steps);
  }

  /** Keeps the last weights as they are now. */
  private void end(RunStatus status, String reason) {
    ending = new Ending(status, reason, Snapshot.file(parameters), coefficients());
  }

  /** Of a linear network, where the features have names. */
  private List<Coefficient> coefficients() {
    List<String> names = data.features();
    if (!spec.variant().network().isLinear() || names.isEmpty()) {
      return List.of();
    }
    float[] weights = parameters.get(0).tensor().copy();
    List<Double> truth = data.truth();
    boolean twoClasses = data.task() == Task.SINGLE_LABEL && data.outputs() == 2;
    boolean perClass = data.outputs() > 1 && !twoClasses;
    int features = names.size();
    List<Coefficient> coefficients = new ArrayList<>();
    for (int output = 0; output < (perClass ? data.outputs() : 1); output++) {
      String className = perClass ? data.making().classes().get(output) : "";
      for (int i = 0; i < features; i++) {
        float weight = weights[output * features + i];
        coefficients.add(
            new Coefficient(
                names.get(i),
                twoClasses ? weights[features + i] - weight : weight,
                truth.isEmpty() ? Double.NaN : truth.get(i),
                className));
      }
    }
    return coefficients;
  }

  /** Puts the weights of the epoch that it is judged at back; false where no epoch was finished. */
  boolean restoreBest() {
    if (best != null) {
      best.weights().restore(parameters);
    }
    return best != null;
  }

  /** The weights as they are, where those are of another epoch than the last; else none. */
  byte[] bestWeights() {
    boolean last = best != null && best.epoch().epoch() == epoch;
    return last && Objects.requireNonNull(ending).status() == RunStatus.COMPLETED
        ? new byte[0]
        : Snapshot.file(parameters).npz();
  }

  /**
   * What the run gave; it must have ended.
   *
   * @param test at the weights of the best epoch; null where there is none
   * @param arrays to use it by
   */
  RunOutcome outcome(@Nullable Evaluation test, RunArrays arrays) {
    Ending end = Objects.requireNonNull(ending);
    return new RunOutcome(
        spec,
        end.status(),
        end.reason(),
        data.task().scoreName(),
        epochs,
        layers,
        best == null || test == null ? null : best.tested(test),
        data.sizes(),
        data.sha256(),
        end.weights(),
        data.equalRows(),
        data.chanceScore(),
        end.coefficients(),
        end.status() == RunStatus.COMPLETED ? violation : Double.NaN,
        arrays);
  }
}

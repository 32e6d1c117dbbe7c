package io.shrinklab.training;

import io.shrinklab.data.DataSets;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.EarlyStopping;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.testing.ASpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small specifications for tests. */
final class Specs {
  static final PenaltySpec NONE = new PenaltySpec.None();

  private Specs() {}

  static PenaltySpec.Lp lp(double p, double lambda, Method method) {
    return new PenaltySpec.Lp(
        p, new Lambda(lambda), Scope.WEIGHTS, method, 1e-8, null, new StrengthSchedule.Constant());
  }

  static PenaltySpec.ElasticNet elasticNet(double l1, double l2, Method method) {
    return new PenaltySpec.ElasticNet(
        new Lambda(l1),
        new Lambda(l2),
        Scope.WEIGHTS,
        method,
        null,
        new StrengthSchedule.Constant());
  }

  static OptimizerSpec adam() {
    return new OptimizerSpec.Adam(0.001, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
  }

  static OptimizerSpec sgd(double rate, double momentum) {
    return new OptimizerSpec.Sgd(rate, momentum, new LearningRateSchedule.Constant(0));
  }

  /**
   * A run of seed 3 on 200 of the embedded digits, 100 to validate on: hidden layers of 16 and 8
   * units, Adam, three epochs in batches of 32, no penalty. What a test needs otherwise it says.
   */
  static Builder spec() {
    return new Builder();
  }

  /** A specification while it is written, and what training it gives. */
  static final class Builder {
    private PenaltySpec penalty = NONE;
    private OptimizerSpec optimizer = adam();
    private @Nullable NetworkSpec network;
    private double dropout;
    private boolean batchNorm;
    private int epochs = 3;
    private int batchSize = 32;
    private @Nullable EarlyStopping stopping;
    private @Nullable Pruning pruning;
    private TrainingSpec.Selection selection = TrainingSpec.Selection.BEST;
    private TrainingSpec.Until until = TrainingSpec.Until.EPOCHS;
    private double tolerance = 1e-6;
    private long seed = 3;
    private @Nullable RunOutcome watched;

    private Builder() {}

    Builder penalty(PenaltySpec value) {
      penalty = value;
      return this;
    }

    Builder optimizer(OptimizerSpec value) {
      optimizer = value;
      return this;
    }

    /** In place of the hidden layers. */
    Builder network(NetworkSpec value) {
      network = value;
      return this;
    }

    Builder dropout(double value) {
      dropout = value;
      return this;
    }

    Builder batchNorm() {
      batchNorm = true;
      return this;
    }

    Builder epochs(int value) {
      epochs = value;
      return this;
    }

    Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    Builder stopping(int patience, double minimumChange) {
      stopping = new EarlyStopping(patience, minimumChange);
      return this;
    }

    Builder pruning(int afterEpochs, double minimumScore) {
      pruning = new Pruning(afterEpochs, minimumScore);
      return this;
    }

    Builder lastEpoch() {
      selection = TrainingSpec.Selection.LAST;
      return this;
    }

    Builder untilConverged(double within) {
      until = TrainingSpec.Until.CONVERGED;
      tolerance = within;
      return this;
    }

    Builder seed(long value) {
      seed = value;
      return this;
    }

    RunSpec build() {
      NetworkSpec layers =
          new NetworkSpec.Mlp(List.of(16, 8), NetworkSpec.Activation.RELU, dropout, batchNorm);
      return ASpec.named("test")
          .data(ASpec.digits(200, 100, DataSpec.Split.PER_SEED))
          .network(network == null ? layers : network)
          .optimizer(optimizer)
          .training(
              new TrainingSpec(
                  epochs, batchSize, 0, 0.001, stopping, pruning, 0, selection, until, tolerance,
                  false))
          .penalty(penalty)
          .seed(seed);
    }

    /** Trains it. */
    RunOutcome train() throws Exception {
      return train(TrainingListener.SILENT);
    }

    /** Trains it, and gives every step that it took. */
    List<StepMetrics> steps() throws Exception {
      List<StepMetrics> steps = new ArrayList<>();
      watched =
          train(
              new TrainingListener() {
                @Override
                public void onStep(RunSpec told, StepMetrics metrics) {
                  steps.add(metrics);
                }

                @Override
                public boolean wantsSteps() {
                  return true;
                }
              });
      return steps;
    }

    /** What the run gave whose steps were told last. */
    RunOutcome watched() {
      return Objects.requireNonNull(watched);
    }

    private RunOutcome train(TrainingListener listener) throws Exception {
      try (DataSets dataSets = new DataSets(null)) {
        return new Training(dataSets).run(build(), listener);
      }
    }
  }
}

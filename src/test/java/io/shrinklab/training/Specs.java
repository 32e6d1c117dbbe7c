package io.shrinklab.training;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.EarlyStopping;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;
import java.util.List;

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

  static TrainingSpec epochs(int epochs, int batchSize) {
    return new TrainingSpec(epochs, batchSize, 0, 0.001, null, null, 0);
  }

  static TrainingSpec stopping(int epochs, int patience) {
    return new TrainingSpec(epochs, 32, 0, 0.001, new EarlyStopping(patience, 0), null, 0);
  }

  static NetworkSpec mlp(double dropout, boolean batchNorm) {
    return new NetworkSpec.Mlp(List.of(16, 8), NetworkSpec.Activation.RELU, dropout, batchNorm);
  }

  /** The embedded digits, 200 rows to train on. */
  static RunSpec digits(
      PenaltySpec penalty, OptimizerSpec optimizer, TrainingSpec training, NetworkSpec network) {
    return new RunSpec(
        new Variant(
            "test",
            "test",
            "",
            new DataSpec.Digits(Rows.of(200), Rows.of(100), DataSpec.Split.PER_SEED, 0),
            network,
            optimizer,
            training,
            penalty),
        3);
  }

  static RunSpec digits(PenaltySpec penalty) {
    return digits(penalty, adam(), epochs(3, 32), mlp(0, false));
  }
}

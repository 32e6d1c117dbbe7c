package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.data.Task;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.List;

/**
 * Fits a linear model without bias by the training loop itself: full batch, half the mean square.
 */
final class LinearFit {
  private LinearFit() {}

  /**
   * The fitted coefficients.
   *
   * @param x rows by columns
   * @param y one per row
   * @param steps epochs, each one step
   */
  static float[] coefficients(
      float[][] x, float[] y, PenaltySpec penalty, OptimizerSpec optimizer, int steps)
      throws Exception {
    Engine engine = EngineStart.singleThreaded();
    try (NDManager manager = engine.newBaseManager()) {
      Part all = new Part(manager.create(x), manager.create(y, new Shape(y.length, 1)));
      Part none =
          new Part(manager.zeros(new Shape(0, x[0].length)), manager.zeros(new Shape(0, 1)));
      // Validation on the same rows: the fit is what is tested, not the choice of an epoch.
      DataSplit data =
          new DataSplit(
              Task.REGRESSION, 1, all, all, none, y.length, "", new EqualRows(0, 0), List.of());
      Variant variant =
          new Variant(
              "fit",
              "fit",
              "",
              new DataSpec.Digits(Rows.of(1), Rows.of(1), DataSpec.Split.FIXED, 0),
              new NetworkSpec.Linear(false),
              optimizer,
              Specs.epochs(steps, y.length),
              penalty);
      RunOutcome outcome =
          new Run(new RunSpec(variant, 0), data, manager, engine, TrainingListener.SILENT).train();
      // A fit that ends early would be tested for what it is not.
      assertThat(outcome.status()).as(outcome.reason()).isEqualTo(RunStatus.COMPLETED);
      NDArray weights = NDList.decode(manager, outcome.weights().npz()).singletonOrThrow();
      return weights.toFloatArray();
    }
  }
}

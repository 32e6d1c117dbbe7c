package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
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
      NDManager manager,
      float[][] x,
      float[] y,
      PenaltySpec penalty,
      OptimizerSpec optimizer,
      int steps)
      throws Exception {
    Part all = new Part(manager.create(x), manager.create(y, new Shape(y.length, 1)));
    Part none = new Part(manager.zeros(new Shape(0, x[0].length)), manager.zeros(new Shape(0, 1)));
    // Validation on the same rows: the fit is what is tested, not the choice of an epoch.
    DataSplit data =
        new DataSplit(
            Task.REGRESSION,
            1,
            all,
            all,
            none,
            y.length,
            0,
            "",
            new EqualRows(0, 0),
            0,
            List.of(),
            List.of(),
            DataSplit.Making.UNKNOWN);
    RunSpec spec =
        Specs.spec()
            .network(new NetworkSpec.Linear(false))
            .optimizer(optimizer)
            .penalty(penalty)
            .epochs(steps)
            .batchSize(y.length)
            .seed(0)
            .build();
    SingleRun single = new SingleRun(TrainingListener.SILENT);
    new Cohort(List.of(spec), data, manager, single).train();
    RunOutcome outcome = single.outcome();
    // A fit that ends early would be tested for what it is not.
    assertThat(outcome.status()).as(outcome.reason()).isEqualTo(RunStatus.COMPLETED);
    NDArray weights = NDList.decode(manager, outcome.weights().npz()).singletonOrThrow();
    return weights.toFloatArray();
  }
}

package io.shrinklab.training;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.RunSpec;
import io.shrinklab.outcome.RunOutcome;
import java.util.List;

/**
 * Trains runs. One at a time and one per process: the engine's gradient collection and its random
 * generator are global.
 */
public final class Training {
  private final DataSets dataSets;

  /** With the data sets that the runs read. */
  public Training(DataSets dataSets) {
    this.dataSets = dataSets;
  }

  /**
   * Trains runs; today one by one, later as one stacked network where they differ only in penalty.
   *
   * @param specs what to train
   * @param listener hears of every epoch
   * @return outcomes in the order of {@code specs}; COMPLETED or DIVERGED, never FAILED: a failure
   *     is thrown
   * @throws DataException when a data set cannot be read
   */
  public List<RunOutcome> run(List<RunSpec> specs, TrainingListener listener) throws DataException {
    if (specs.isEmpty()) {
      return List.of();
    }
    throw new UnsupportedOperationException(
        "lands with the training room "
            + specs.size()
            + dataSets.hashCode()
            + listener.wantsSteps());
  }
}

package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DataSplit;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains runs. One at a time and one per process: the engine's gradient collection and its random
 * generator are global. The thread that calls {@link #run} first is the one that must call it
 * again.
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
   * @throws PenaltyException when a penalty's layers do not fit the network
   */
  public List<RunOutcome> run(List<RunSpec> specs, TrainingListener listener)
      throws DataException, PenaltyException {
    Engine engine = EngineStart.singleThreaded();
    List<RunOutcome> outcomes = new ArrayList<>();
    for (RunSpec spec : specs) {
      // A base manager per run: whatever a run allocates is freed with it.
      try (NDManager manager = engine.newBaseManager()) {
        DataSplit data = dataSets.split(spec.variant().data(), spec.seed(), manager);
        outcomes.add(new Run(spec, data, manager, engine, listener).train());
      }
    }
    return outcomes;
  }
}

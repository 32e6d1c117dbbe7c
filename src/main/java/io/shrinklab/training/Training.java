package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DataSplit;
import io.shrinklab.network.Networks;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.tensor.EngineStart;
import java.util.List;

/**
 * Trains runs, in several threads at a time where their networks {@link Networks#canBeBeside}; the
 * others wait for one another.
 */
public final class Training {
  /**
   * Bytes that a cohort passes over in a step, at most: some processors' second-level cache, and a
   * core's share of the third level of others. Beyond it the optimizer's pass becomes slower than
   * the products gain.
   */
  private static final long CACHE = 3_200_000;

  /** Of the engine, what is global: its generator of random numbers and recorder of gradients. */
  private static final Object ENGINE = new Object();

  private final DataSets dataSets;

  /** With the data sets that the runs read. */
  public Training(DataSets dataSets) {
    this.dataSets = dataSets;
  }

  /**
   * Trains a run.
   *
   * @param listener hears of every epoch
   * @return COMPLETED or DIVERGED, never FAILED: a failure is thrown
   * @throws DataException when a data set cannot be read
   * @throws PenaltyException when a penalty's layers do not fit the network
   */
  public RunOutcome run(RunSpec spec, TrainingListener listener)
      throws DataException, PenaltyException {
    SingleRun single = new SingleRun(listener);
    run(List.of(spec), single);
    return single.outcome();
  }

  /**
   * Trains runs, those side by side that {@link Cohorts#alike} says may be: as many at once as the
   * processor's cache holds.
   *
   * @param listener hears of every epoch and every run's end
   * @throws DataException when a data set cannot be read; runs that ended before are told
   */
  public void run(List<RunSpec> specs, CohortListener listener) throws DataException {
    Engine engine = EngineStart.singleThreaded();
    for (List<RunSpec> alike : Cohorts.alike(specs)) {
      // A base manager for all that is alike: whatever is allocated is freed with it.
      try (NDManager manager = engine.newBaseManager()) {
        if (Networks.canBeBeside(alike.get(0).variant().network())) {
          train(alike, manager, listener);
        } else {
          synchronized (ENGINE) {
            train(alike, manager, listener);
          }
        }
      }
    }
  }

  private void train(List<RunSpec> alike, NDManager manager, CohortListener listener)
      throws DataException {
    RunSpec any = alike.get(0);
    dataSets.requireNamed(any.variant().data());
    DataSplit data = dataSets.split(any.variant().data(), any.seed(), manager);
    for (List<RunSpec> together : Cohorts.evenly(alike, most(any, data))) {
      listener.onStart(together);
      try (NDManager own = manager.newSubManager()) {
        new Cohort(together, data, own, listener).train();
      }
    }
  }

  private static int most(RunSpec any, DataSplit data) {
    long bytes =
        Float.BYTES
            * Networks.valuesOfStep(
                any.variant().network(),
                data.train().features().getShape().slice(1),
                data.outputs(),
                any.variant().training().batchSize());
    return (int) Math.max(1, Math.min(Cohorts.MOST, CACHE / Math.max(1, bytes)));
  }
}

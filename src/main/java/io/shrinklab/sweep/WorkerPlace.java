package io.shrinklab.sweep;

import io.shrinklab.results.Content;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker process of this machine, replaced when it is spent. */
final class WorkerPlace implements Workplace {
  private final int number;
  private final WorkerStarter starter;
  private final SweepFolder logs;
  private @Nullable WorkerLog log;

  /** Changed by one thread, and killed by any. */
  private volatile @Nullable WorkerProcess worker;

  /**
   * Starts nothing yet.
   *
   * @param number the worker's, from 1
   * @param logs where its log is to be
   */
  WorkerPlace(int number, WorkerStarter starter, SweepFolder logs) {
    this.number = number;
    this.starter = starter;
    this.logs = logs;
  }

  @Override
  public boolean ready() throws ResultsException, SweepException, InterruptedException {
    log = logs.workerLog(number);
    worker = starter.living(worker, log);
    return worker != null;
  }

  @Override
  public Content printed() {
    return Objects.requireNonNull(log, "it is not ready").fromHere();
  }

  @Override
  public Optional<Reply> train(List<RunSpec> runs, Heard heard) throws ResultsException {
    return Objects.requireNonNull(worker, "it is not ready").train(runs, heard);
  }

  /** Ends the worker in the middle of its runs, if there is one. */
  void kill() {
    WorkerProcess living = worker;
    if (living != null) {
      living.kill();
    }
  }

  @Override
  public void leave() {
    starter.retire(worker);
  }
}

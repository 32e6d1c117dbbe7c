package io.shrinklab.sweep;

import io.shrinklab.results.Content;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A thread of a worker process of this machine. */
final class WorkerPlace implements Workplace {
  private final WorkerHost shared;
  private final WorkerHost own;
  private final int thread;
  private WorkerHost present;
  private @Nullable WorkerLog log;

  /** Changed by one thread, and killed by any. */
  private volatile @Nullable WorkerProcess worker;

  /** With a process of its own. */
  WorkerPlace(WorkerHost own) {
    this(own, own, 0);
  }

  /**
   * Starts nothing yet.
   *
   * @param shared whose process it shares with others
   * @param own of the process for what is to be trained apart
   * @param thread of the shared process, counted from 1; 0 where nobody shares it
   */
  WorkerPlace(WorkerHost shared, WorkerHost own, int thread) {
    this.shared = shared;
    this.own = own;
    this.thread = thread;
    this.present = shared;
  }

  @Override
  public boolean ready(boolean apart)
      throws ResultsException, SweepException, InterruptedException {
    WorkerHost host = apart ? own : shared;
    if (host != present) {
      leave();
      present = host;
    }
    log = host.log();
    worker = host.join(worker);
    return worker != null;
  }

  @Override
  public Content printed() {
    return Objects.requireNonNull(log, "it is not ready").fromHere();
  }

  @Override
  public Optional<Reply> train(List<RunSpec> runs, Heard heard)
      throws ResultsException, InterruptedException {
    return Objects.requireNonNull(worker, "it is not ready")
        .train(present == shared ? thread : 0, runs, heard);
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
    present.leave(worker);
    worker = null;
  }
}

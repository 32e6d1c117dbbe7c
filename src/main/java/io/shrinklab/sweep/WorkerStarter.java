package io.shrinklab.sweep;

import io.shrinklab.results.Environment;
import io.shrinklab.results.WorkerLog;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Starts a sweep's workers, and ends them. */
final class WorkerStarter implements AutoCloseable {
  private final WorkerCommand command;
  private final SweepOptions options;
  private final String sweep;
  private final Environment environment;
  private final StopSignal stop;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "time limits");
            thread.setDaemon(true);
            return thread;
          });

  WorkerStarter(
      WorkerCommand command,
      SweepOptions options,
      String sweep,
      Environment environment,
      StopSignal stop) {
    this.command = command;
    this.options = options;
    this.sweep = sweep;
    this.environment = environment;
    this.stop = stop;
  }

  /**
   * A worker that is set up.
   *
   * @return null when the sweep is being stopped
   * @throws SweepException when none can be started
   */
  @Nullable WorkerProcess start(WorkerLog log) throws SweepException, InterruptedException {
    Message.Setup setup = Message.Setup.ofSweep(options, sweep, log.file(), environment);
    IOException failure = null;
    for (int attempt = 1; attempt <= RetryPolicy.TRIES && !stop.given(); attempt++) {
      try {
        return WorkerProcess.start(command, setup, log, clock, stop::born);
      } catch (IOException e) {
        failure = e;
        if (stop.givenWithin(RetryPolicy.PATIENCE)) {
          return null;
        }
      }
    }
    if (failure == null) {
      return null;
    }
    String why =
        "No worker process can be started: %s. Its log is %s; runs that are complete are kept"
            .formatted(failure.getMessage(), log.file());
    throw new SweepException(why, failure);
  }

  /** Ends a worker. */
  void retire(WorkerProcess worker) {
    worker.kill();
    try {
      worker.gone(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.gone(worker);
  }

  /** Ends the time limits of workers that are gone. */
  @Override
  public void close() {
    clock.shutdownNow();
  }
}

package io.shrinklab.sweep;

import io.shrinklab.results.ResultsException;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a sweep before its time. Once it is given, no further run is begun and no worker
 * lives; the first reason counts.
 */
final class StopSignal {
  private final CountDownLatch given = new CountDownLatch(1);

  // Guarded by this.
  private final Set<WorkerProcess> alive = new HashSet<>();
  private Ending ending = Ending.FINISHED;
  private @Nullable Throwable cause;

  /** Stops the sweep. */
  void give(Ending why) {
    give(why, null);
  }

  /** Stops a sweep that cannot go on. */
  void give(Throwable obstacle) {
    give(Ending.INTERRUPTED, obstacle);
  }

  private synchronized void give(Ending why, @Nullable Throwable obstacle) {
    if (!given()) {
      given.countDown();
      ending = why;
      cause = obstacle;
      alive.forEach(WorkerProcess::kill);
    }
  }

  boolean given() {
    return given.getCount() == 0;
  }

  /** Waits for it; whether it came in time. */
  boolean givenWithin(Duration time) throws InterruptedException {
    return given.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A worker that is to be killed with the others. */
  synchronized void born(WorkerProcess worker) {
    alive.add(worker);
    if (given()) {
      worker.kill();
    }
  }

  /** One that is gone. */
  synchronized void gone(WorkerProcess worker) {
    alive.remove(worker);
  }

  /** Why the sweep ended. */
  synchronized Ending ending() {
    return ending;
  }

  /** Throws what the sweep met with, if it could not go on. */
  synchronized void rethrow() throws ResultsException, SweepException {
    if (cause instanceof ResultsException e) {
      throw e;
    } else if (cause instanceof SweepException e) {
      throw e;
    } else if (cause instanceof Error e) {
      throw e;
    } else if (cause != null) {
      throw new IllegalStateException(cause);
    }
  }
}

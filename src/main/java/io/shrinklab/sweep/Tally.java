package io.shrinklab.sweep;

import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepSummary.Ending;
import io.shrinklab.sweep.SweepSummary.FailedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What became of the runs: counted, told, and stored where nobody else does it, of a failed one.
 */
final class Tally {
  private final SweepFolder folder;
  private final SweepPlan plan;
  private final Environment environment;
  private final SweepListener listener;
  private final long start;

  // Guarded by this.
  private final List<FailedRun> failed = new ArrayList<>();
  private long completed;
  private long diverged;
  private long copied;

  /**
   * Of a sweep that is about to train.
   *
   * @param start in nanoseconds of the system's timer
   */
  Tally(
      SweepFolder folder,
      Agenda agenda,
      Environment environment,
      SweepListener listener,
      long start) {
    this.folder = folder;
    this.plan = agenda.plan();
    this.copied = plan.copied() - agenda.twins().size();
    this.environment = environment;
    this.listener = listener;
    this.start = start;
  }

  /** Tells the listener something, one thing at a time. */
  synchronized void tell(Consumer<SweepListener> event) {
    event.accept(listener);
  }

  /** A worker, counted from 1, has trained and stored a run. */
  synchronized void trained(int worker, RunSpec run, RunStatus status, String reason) {
    if (status == RunStatus.DIVERGED) {
      diverged++;
    } else {
      completed++;
    }
    listener.onEnd(worker, run, status, reason);
  }

  /** A run cannot be had: makes it a row. */
  void failed(int worker, Attempt attempt, String reason) throws ResultsException {
    folder.requireInPlace();
    folder.write(
        new RunFailure(attempt.run(), reason, attempt.epochs()),
        environment,
        attempt.started(),
        Instant.now(),
        attempt.printed());
    synchronized (this) {
      failed.add(new FailedRun(attempt.run().label(), reason));
      listener.onEnd(worker, attempt.run(), RunStatus.FAILED, reason);
    }
  }

  /** A run was taken from an equal one. */
  synchronized void copied() {
    copied++;
  }

  synchronized SweepSummary summary(Ending ending) {
    return new SweepSummary(
        plan,
        completed,
        diverged,
        copied,
        failed,
        ending,
        Duration.ofNanos(System.nanoTime() - start));
  }
}

package io.shrinklab.export;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends epochs to an MLflow server while runs are trained, and what else there is of a run when it
 * has ended. Whoever tells of an epoch does not wait; a thread of its own sends what has come
 * together, so seldom that it takes little from training. At the first trouble it stops: training
 * goes on, and an export afterwards sends what is missing.
 */
public final class MlflowFeed implements AutoCloseable {
  /** Between two sendings at least. */
  private static final long SHORTEST = TimeUnit.SECONDS.toNanos(2);

  /** One part in so many of what all cores do goes into sending, at most. */
  private static final long SHARE = 100;

  /** Looks at the sweep on the server, or makes it there. */
  interface Opening {
    MlflowSweep open(Instant began) throws ExportException, InterruptedException;
  }

  /** An epoch of a run; or, without one, its end. */
  private record Event(RunSpec run, @Nullable EpochMetrics row) {}

  private final Opening opening;
  private final SweepFolder folder;
  private final Clock clock;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "mlflow");

  /** By run, those that waited longest first. */
  private final Map<String, List<Event>> waiting = new LinkedHashMap<>();

  private volatile @Nullable String trouble;
  private @Nullable MlflowSweep sweep;

  /** With a clock of the test's choice; sends nothing before {@link #start}. */
  MlflowFeed(Opening opening, SweepFolder folder, Clock clock) {
    this.opening = opening;
    this.folder = folder;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /** Begins to send. */
  public MlflowFeed start() {
    thread.start();
    return this;
  }

  /** A run has finished an epoch. */
  public void onEpoch(RunSpec run, EpochMetrics row) {
    if (trouble == null) {
      events.add(new Event(run, row));
    }
  }

  /** A run has ended and is stored. */
  public void onEnd(RunSpec run) {
    if (trouble == null) {
      events.add(new Event(run, null));
    }
  }

  /** Why nothing is sent any more; empty as long as it is. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private void run() {
    int cores = Runtime.getRuntime().availableProcessors();
    long began = System.nanoTime();
    long spent = 0;
    try {
      while (trouble == null) {
        TimeUnit.NANOSECONDS.sleep(SHORTEST);
        long start = System.nanoTime();
        long left = allowed(start - began, cores) - spent;
        if (left > 0) {
          send(left);
          spent += System.nanoTime() - start;
        }
      }
    } catch (InterruptedException e) {
      // Closed. An export sends what is missing.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How much of the time since the beginning may go into sending, in nanoseconds. While it goes on
   * one core is taken from training: by this program or, in turn, by a server on the same machine.
   */
  static long allowed(long elapsed, int cores) {
    return elapsed * cores / SHARE;
  }

  /** Sends all that has come together. */
  void send() throws InterruptedException {
    send(Long.MAX_VALUE);
  }

  /**
   * Sends what has come together, run by run, and leaves the rest to the next sending when the time
   * is up; one run at least.
   *
   * @param time in nanoseconds
   */
  void send(long time) throws InterruptedException {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      waiting.computeIfAbsent(event.run().label(), run -> new ArrayList<>()).add(event);
    }
    long start = System.nanoTime();
    try {
      Iterator<List<Event>> runs = waiting.values().iterator();
      do {
        if (!runs.hasNext()) {
          return;
        }
        List<Event> ofRun = runs.next();
        send(ofRun.get(0).run(), ofRun);
        runs.remove();
      } while (System.nanoTime() - start < time);
    } catch (ExportException | ResultsException e) {
      trouble = String.valueOf(e.getMessage());
      events.clear();
      waiting.clear();
    }
  }

  private void send(RunSpec run, List<Event> ofRun)
      throws ExportException, ResultsException, InterruptedException {
    Instant now = clock.instant();
    MlflowSweep there = sweep == null ? opening.open(now) : sweep;
    sweep = there;
    List<EpochMetrics> rows = new ArrayList<>();
    boolean ended = false;
    for (Event event : ofRun) {
      EpochMetrics row = event.row();
      ended = row == null;
      if (row != null) {
        rows.add(row);
      }
    }
    Optional<RunRecord> stored = ended ? folder.read(run).record() : Optional.empty();
    if (stored.isPresent()) {
      there.complete(stored.get(), folder, false);
    } else {
      there.live(run, rows, now);
    }
  }

  /** Ends, in the middle of a request if need be. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

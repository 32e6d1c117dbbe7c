package io.shrinklab.command;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.report.Live;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepPlan;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Renews the page while a sweep goes on: soon after the first runs, then now and then when a run
 * has ended, so seldom that it takes little from the workers. They don't wait for it.
 */
final class LivePage implements SweepListener, AutoCloseable {
  /** Until the first page. */
  private static final long FIRST_SECONDS = 3;

  /** Between two pages at least. */
  private static final long SECONDS = 10;

  /** Of the time between two pages, at most one part in so many goes into a page. */
  private static final long SHARE = 50;

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Reads what is stored and writes the page. */
  interface Writer {
    /** Writes nothing where there is nothing to show. */
    void write(Live live) throws ResultsException;
  }

  private final Writer writer;
  private final Consumer<String> notes;
  private final ExecutorService executor;
  private final LongSupplier nanos;
  private final Clock clock;

  // Guarded by this.
  private long planned;
  private long over;
  private long due;
  private long took;
  private boolean writing;

  /**
   * A page that nothing is written of yet.
   *
   * @param notes told, once and from another thread, that the page is not renewed any more
   */
  LivePage(Writer writer, Consumer<String> notes) {
    this(
        writer,
        notes,
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "live page");
              thread.setDaemon(true);
              return thread;
            }),
        System::nanoTime,
        Clock.systemUTC());
  }

  /** With a thread and clocks of the test's choice. */
  LivePage(
      Writer writer,
      Consumer<String> notes,
      ExecutorService executor,
      LongSupplier nanos,
      Clock clock) {
    this.writer = writer;
    this.notes = notes;
    this.executor = executor;
    this.nanos = nanos;
    this.clock = clock;
  }

  /** Between two parts of a sweep, the second of which takes a while. */
  static Live now(long over, long planned) {
    return at(Clock.systemUTC(), over, planned, SECONDS);
  }

  private static Live at(Clock clock, long over, long planned, long next) {
    return new Live(
        over, planned, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(), next);
  }

  @Override
  public synchronized void onPlan(SweepPlan plan) {
    planned = plan.runs();
    over = plan.kept();
    due = nanos.getAsLong() + FIRST_SECONDS * NANOS;
  }

  @Override
  public synchronized void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    over++;
    if (!writing && nanos.getAsLong() - due >= 0 && !executor.isShutdown()) {
      writing = true;
      executor.execute(this::write);
    }
  }

  private void write() {
    long start = nanos.getAsLong();
    try {
      writer.write(next());
    } catch (ResultsException e) {
      giveUp(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // Whatever a page does to the program, it is no reason to lose a sweep.
      Shortage shortage = Shortage.in(e);
      giveUp(shortage == null ? e.toString() : shortage.message());
    }
    written(nanos.getAsLong() - start);
  }

  private void giveUp(String why) {
    executor.shutdown();
    notes.accept(
        "the page is not renewed any more ("
            + why
            + "); training goes on, and the report is written at its end");
  }

  private synchronized Live next() {
    return at(clock, over, planned, TimeUnit.NANOSECONDS.toSeconds(pause()) + 1);
  }

  private synchronized void written(long took) {
    this.took = took;
    due = nanos.getAsLong() + pause();
    writing = false;
  }

  /** From one page to the next, as far as the last one tells. */
  private long pause() {
    return Math.max(SECONDS * NANOS, (SHARE - 1) * took);
  }

  @Override
  public void onTidying() {
    close();
  }

  /** Returns when no page is being written, and none will be. */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // A page is written in a second or two; half a one would be left behind.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.shrinklab.sweep;

import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Environment;
import io.shrinklab.results.LogSlice;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepSummary.Ending;
import io.shrinklab.sweep.SweepSummary.FailedRun;
import io.shrinklab.training.EngineStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The workers of one sweep and the threads that keep them busy: one thread per worker. */
final class Crew {
  /** A worker that dies costs its run one retry. */
  private static final int TRIES = 2;

  /**
   * A worker ended by a signal may be the first to hear of an end that comes to us too; so long we
   * wait for it before we believe that only the worker died.
   */
  private static final int SIGNAL_MILLISECONDS = 300;

  private final SweepOptions options;
  private final String name;
  private final SweepFolder folder;
  private final Agenda agenda;
  private final WorkerCommand command;
  private final SweepListener listener;
  private final long start;
  private final Environment environment = Environment.detect(EngineStart.THREADS);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "time limits");
            thread.setDaemon(true);
            return thread;
          });

  /** Counted down when no further run is to be begun. */
  private final CountDownLatch stopped = new CountDownLatch(1);

  // Guarded by this.
  private final Set<WorkerProcess> alive = new HashSet<>();
  private final List<FailedRun> failed = new ArrayList<>();
  private long completed;
  private long diverged;
  private long copied;
  private Ending ending = Ending.FINISHED;
  private @Nullable Throwable obstacle;

  /** Threads that will ask for another run. */
  private int atWork;

  Crew(
      SweepOptions options,
      String name,
      SweepFolder folder,
      Agenda agenda,
      WorkerCommand command,
      SweepListener listener,
      long start) {
    this.options = options;
    this.name = name;
    this.folder = folder;
    this.agenda = agenda;
    this.command = command;
    this.listener = listener;
    this.start = start;
    this.copied = agenda.plan().copied() - agenda.twins().size();
    this.atWork = agenda.plan().workers();
  }

  /** Works until nothing is left, or something ends it. */
  SweepSummary work() throws ResultsException, SweepException, InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int number = 1; number <= agenda.plan().workers(); number++) {
      int worker = number;
      threads.add(new Thread(() -> work(worker), "worker " + worker));
    }
    CountDownLatch finished = new CountDownLatch(1);
    Thread hook = new Thread(() -> onShutdown(threads, finished), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      copyTwins();
      if (obstacle() == null) {
        // What a worker left that died while it stored a run.
        folder.clean().forEach(notice -> tell(l -> l.onNotice(notice)));
        folder.clearLogs();
      }
    } catch (InterruptedException e) {
      stop(Ending.INTERRUPTED, null);
      throw e;
    } finally {
      clock.shutdownNow();
      finished.countDown();
      leave(hook);
    }
    Throwable failure = obstacle();
    if (failure instanceof ResultsException e) {
      throw e;
    } else if (failure instanceof SweepException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return summary();
  }

  private static void leave(Thread hook) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending and the hook speaks for it: nothing may go on behind its back, not
      // even between the hook's last word and the end.
      hook.join();
      new CountDownLatch(1).await();
    }
  }

  private void onShutdown(List<Thread> threads, CountDownLatch finished) {
    if (finished.getCount() == 0) {
      return;
    }
    stop(Ending.INTERRUPTED, null);
    try {
      for (Thread thread : threads) {
        thread.join(2000);
      }
      if (finished.await(2, TimeUnit.SECONDS)) {
        // Given back, so that the next sweep does not take this end for a crash. The thread that
        // holds it waits in leave() and touches the folder no more.
        folder.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ResultsException e) {
      tell(l -> l.onNotice(String.valueOf(e.getMessage())));
    }
    synchronized (this) {
      listener.onInterrupted(summary());
    }
  }

  private synchronized SweepSummary summary() {
    return new SweepSummary(
        agenda.plan(),
        completed,
        diverged,
        copied,
        failed,
        ending,
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Ends everything; the first reason counts. */
  private synchronized void stop(Ending why, @Nullable Throwable cause) {
    if (stopped.getCount() > 0) {
      stopped.countDown();
      ending = why;
      obstacle = cause;
      alive.forEach(WorkerProcess::kill);
    }
  }

  private synchronized @Nullable Throwable obstacle() {
    return obstacle;
  }

  private boolean stopping() {
    return stopped.getCount() == 0;
  }

  /** The next run for one thread; null ends the thread. */
  private synchronized @Nullable RunSpec next() {
    RunSpec run = stopping() ? null : agenda.pending().poll();
    if (run == null) {
      atWork--;
    }
    return run;
  }

  /** Takes a run back from a thread that ends; false when no other one could do it. */
  private synchronized boolean leaveToOthers(RunSpec run) {
    if (atWork == 1) {
      return false;
    }
    atWork--;
    return agenda.pending().add(run);
  }

  private synchronized void born(WorkerProcess worker) {
    alive.add(worker);
    if (stopping()) {
      worker.kill();
    }
  }

  /** One thread: keeps one worker busy. */
  private void work(int number) {
    WorkerProcess worker = null;
    try {
      for (RunSpec run = next(); run != null; run = next()) {
        try {
          worker = train(number, worker, run);
        } catch (SweepException e) {
          if (!leaveToOthers(run)) {
            throw e;
          }
          // Where memory is short there may be room for fewer workers, and that is enough.
          String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
          tell(l -> l.onNotice("Worker " + number + " ends and the others go on: " + why));
          return;
        }
      }
    } catch (ResultsException | SweepException | RuntimeException | Error e) {
      // An error too: a thread that just ended would leave its runs out without a word.
      stop(Ending.INTERRUPTED, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      retire(worker);
    }
  }

  /** Trains one run, with a retry should its worker die; gives back the worker for the next. */
  private @Nullable WorkerProcess train(int number, @Nullable WorkerProcess current, RunSpec run)
      throws ResultsException, SweepException, InterruptedException {
    folder.requireInPlace();
    WorkerProcess worker = current;
    WorkerLog log = folder.workerLog(number);
    Instant started = Instant.now();
    LogSlice printed = log.fromHere();
    List<EpochMetrics> epochs = new ArrayList<>();
    String reason = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      worker = living(worker, log);
      if (worker == null) {
        return null;
      }
      printed = log.fromHere();
      epochs.clear();
      tell(l -> l.onStart(number, run));
      Reply reply =
          worker.train(
              SpecJson.write(run),
              run.variant().training().timeoutMinutes(),
              metrics -> {
                epochs.add(metrics);
                tell(l -> l.onEpoch(number, run, metrics));
              },
              command.growth());
      if (reply instanceof Reply.Stored stored) {
        folder.requireInPlace();
        count(stored.status());
        tell(l -> l.onEnd(number, run, stored.status(), stored.reason()));
        return worker;
      } else if (reply instanceof Reply.Unwritable unwritable) {
        folder.requireInPlace();
        throw new ResultsException(unwritable.reason());
      } else if (reply instanceof Reply.Failed failure) {
        reason = failure.reason();
        break;
      } else if (reply instanceof Reply.Died death) {
        if (stopped.await(SIGNAL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          return worker;
        }
        Optional<RunRecord> stored = storedByTheDead(run);
        if (stored.isPresent()) {
          count(stored.get().status());
          tell(l -> l.onEnd(number, run, stored.get().status(), stored.get().reason()));
          return worker;
        }
        reason = death.reason();
        if (attempt < TRIES) {
          String once = run.label() + " is tried once more: " + reason;
          tell(l -> l.onNotice(once));
        }
      }
    }
    if (!stopping()) {
      fail(number, run, reason, epochs, started, printed);
    }
    return worker;
  }

  /** A run that its worker completed before it could say so. */
  private Optional<RunRecord> storedByTheDead(RunSpec run) {
    return folder.read(run).record().filter(record -> record.status() != RunStatus.FAILED);
  }

  private void fail(
      int number,
      RunSpec run,
      String reason,
      List<EpochMetrics> epochs,
      Instant started,
      LogSlice printed)
      throws ResultsException {
    folder.requireInPlace();
    folder.write(new RunFailure(run, reason, epochs), environment, started, Instant.now(), printed);
    synchronized (this) {
      failed.add(new FailedRun(run.label(), reason));
    }
    tell(l -> l.onEnd(number, run, RunStatus.FAILED, reason));
    if (options.failFast()) {
      stop(Ending.FAILED_FAST, null);
    }
  }

  /** A worker that can take a run; null when the sweep is being stopped. */
  private @Nullable WorkerProcess living(@Nullable WorkerProcess worker, WorkerLog log)
      throws SweepException, InterruptedException {
    if (worker != null && !worker.spent()) {
      return worker;
    }
    retire(worker);
    Message.Setup setup =
        new Message.Setup(
            options.results().toAbsolutePath().toString(),
            name,
            options.dataDirectory() == null
                ? null
                : options.dataDirectory().toAbsolutePath().toString(),
            log.file().toAbsolutePath().toString(),
            environment,
            true);
    IOException failure = null;
    for (int attempt = 1; attempt <= TRIES && !stopping(); attempt++) {
      try {
        return WorkerProcess.start(command, setup, log, clock, this::born);
      } catch (IOException e) {
        failure = e;
        if (stopped.await(SIGNAL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
          return null;
        }
      }
    }
    if (failure == null) {
      return null;
    }
    throw new SweepException(
        "No worker process can be started: "
            + failure.getMessage()
            + ". Its log is "
            + log.file()
            + "; runs that are complete are kept",
        failure);
  }

  private void retire(@Nullable WorkerProcess worker) {
    if (worker != null) {
      worker.kill();
      try {
        worker.gone(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (this) {
        alive.remove(worker);
      }
    }
  }

  /** Copies runs that equal one that was trained now; where that failed, they fail with it. */
  private void copyTwins() throws ResultsException {
    for (Agenda.Twin twin : agenda.twins()) {
      if (stopping()) {
        return;
      }
      if (folder.copy(twin.run(), folder.path(twin.original()))) {
        synchronized (this) {
          copied++;
        }
      } else {
        StoredRun check = folder.read(twin.original());
        String reason =
            check.state() == RunState.FAILED
                ? "The same run, " + twin.original().label() + ", failed: " + check.detail()
                : "The same run, " + twin.original().label() + ", cannot be read";
        Instant now = Instant.now();
        folder.write(
            new RunFailure(twin.run(), reason, List.of()), environment, now, now, out -> {});
        synchronized (this) {
          failed.add(new FailedRun(twin.run().label(), reason));
        }
        tell(l -> l.onEnd(1, twin.run(), RunStatus.FAILED, reason));
      }
    }
  }

  private synchronized void count(RunStatus status) {
    if (status == RunStatus.DIVERGED) {
      diverged++;
    } else {
      completed++;
    }
  }

  private synchronized void tell(Consumer<SweepListener> event) {
    event.accept(listener);
  }
}

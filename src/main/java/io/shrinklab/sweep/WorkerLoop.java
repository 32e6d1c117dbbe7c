package io.shrinklab.sweep;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.RetryPolicy.Verdict;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What one thread does: keeps one worker busy. */
final class WorkerLoop implements Runnable {
  private final int number;
  private final AssignmentQueue queue;
  private final WorkerStarter starter;
  private final SweepFolder folder;
  private final Tally tally;
  private final StopSignal stop;
  private final OnFailure onFailure;
  private @Nullable WorkerProcess worker;

  /** How a verdict is carried out. */
  private interface Step {
    void take(Attempt attempt) throws ResultsException;
  }

  private final KindTable<Verdict, Step> steps =
      KindTable.<Verdict, Step>of(Verdict.class)
          .on(Verdict.Done.class, done -> attempt -> done(attempt, done))
          .on(Verdict.Again.class, again -> attempt -> again(again))
          .on(Verdict.GiveUp.class, lost -> attempt -> giveUp(attempt, lost.reason()))
          .on(Verdict.EndSweep.class, end -> attempt -> endSweep(end.reason()))
          .total();

  /**
   * Of one worker.
   *
   * @param number the worker's, from 1
   */
  WorkerLoop(
      int number,
      AssignmentQueue queue,
      WorkerStarter starter,
      SweepFolder folder,
      Tally tally,
      StopSignal stop,
      OnFailure onFailure) {
    this.number = number;
    this.queue = queue;
    this.starter = starter;
    this.folder = folder;
    this.tally = tally;
    this.stop = stop;
    this.onFailure = onFailure;
  }

  @Override
  public void run() {
    try {
      for (Assignment next = queue.next(stop); next != null; next = queue.next(stop)) {
        try {
          train(next);
        } catch (SweepException e) {
          if (!queue.leaveToOthers(next)) {
            throw e;
          }
          // Where memory is short there may be room for fewer workers, and that is enough.
          String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
          tally.tell(l -> l.onNotice("Worker " + number + " ends and the others go on: " + why));
          return;
        }
      }
    } catch (ResultsException | SweepException | RuntimeException | Error e) {
      // An error too: a thread that just ended would leave its runs out without a word.
      stop.give(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      starter.retire(worker);
    }
  }

  private void train(Assignment assignment)
      throws ResultsException, SweepException, InterruptedException {
    folder.requireInPlace();
    RunSpec run = assignment.run();
    Instant started = Instant.now();
    WorkerLog log = folder.workerLog(number);
    worker = starter.living(worker, log);
    if (worker == null) {
      return;
    }
    Attempt attempt = new Attempt(run, started, log.fromHere(), new ArrayList<>());
    tally.tell(l -> l.onStart(number, run));
    Reply reply =
        worker.train(
            run,
            metrics -> {
              attempt.epochs().add(metrics);
              tally.tell(l -> l.onEpoch(number, run, metrics));
            });
    if (reply instanceof Reply.Died) {
      if (stop.givenWithin(RetryPolicy.PATIENCE)) {
        return;
      }
      reply = storedByTheDead(run, reply);
    }
    steps.get(RetryPolicy.verdict(assignment, reply)).take(attempt);
  }

  /** A worker may have completed its run before it could say so. */
  private Reply storedByTheDead(RunSpec run, Reply otherwise) {
    return folder
        .read(run)
        .record()
        .filter(record -> record.status() != RunStatus.FAILED)
        .<Reply>map(record -> new Reply.Stored(record.status(), record.reason()))
        .orElse(otherwise);
  }

  private void done(Attempt attempt, Verdict.Done done) throws ResultsException {
    folder.requireInPlace();
    tally.trained(number, attempt.run(), done.status(), done.reason());
  }

  private void again(Verdict.Again again) {
    for (Assignment part : again.parts()) {
      String once = part.run().label() + " is tried once more: " + again.reason();
      tally.tell(l -> l.onNotice(once));
    }
    queue.again(again.parts());
  }

  private void giveUp(Attempt attempt, String reason) throws ResultsException {
    if (stop.given()) {
      return;
    }
    tally.failed(number, attempt, reason);
    if (onFailure == OnFailure.END_SWEEP) {
      stop.give(Ending.FAILED_FAST);
    }
  }

  private void endSweep(String reason) throws ResultsException {
    folder.requireInPlace();
    throw new ResultsException(reason);
  }
}

package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Content;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.RetryPolicy.Verdict;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one thread does: keeps one place where runs are trained busy. */
final class WorkerLoop implements Runnable {
  private final int number;
  private final AssignmentQueue queue;
  private final Workplace place;
  private final SweepFolder folder;
  private final Tally tally;
  private final StopSignal stop;
  private final OnFailure onFailure;

  /** How a verdict is carried out. */
  private interface Step {
    void take(List<Attempt> attempts) throws ResultsException;
  }

  private final KindTable<Verdict, Step> steps =
      KindTable.<Verdict, Step>of(Verdict.class)
          .on(Verdict.Done.class, done -> attempts -> done(attempts, done))
          .on(Verdict.Again.class, again -> attempts -> again(attempts, again))
          .on(Verdict.GiveUp.class, lost -> attempts -> giveUp(attempts, lost.reason()))
          .on(Verdict.EndSweep.class, end -> attempts -> endSweep(end.reason()))
          .total();

  /**
   * Of one place.
   *
   * @param number the place's, from 1
   */
  WorkerLoop(
      int number,
      AssignmentQueue queue,
      Workplace place,
      SweepFolder folder,
      Tally tally,
      StopSignal stop,
      OnFailure onFailure) {
    this.number = number;
    this.queue = queue;
    this.place = place;
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
      place.leave();
    }
  }

  private void train(Assignment assignment)
      throws ResultsException, SweepException, InterruptedException {
    folder.requireInPlace();
    Instant started = Instant.now();
    if (!place.ready(assignment.apart())) {
      return;
    }
    List<RunSpec> runs = assignment.runs();
    Content printed = place.printed();
    SortedMap<Integer, Attempt> open = new TreeMap<>();
    for (RunSpec run : runs) {
      open.put(open.size(), new Attempt(run, started, printed, new ArrayList<>()));
    }
    tally.tell(l -> l.onStart(number, runs));
    Optional<Reply> shared =
        place.train(
            runs,
            new Workplace.Heard() {
              @Override
              public void epoch(int run, EpochMetrics metrics) {
                Attempt attempt = open.get(run);
                if (attempt != null) {
                  attempt.epochs().add(metrics);
                  tally.tell(l -> l.onEpoch(number, attempt.run(), metrics));
                }
              }

              @Override
              public void ended(int run, Reply reply) throws ResultsException {
                end(List.of(Objects.requireNonNull(open.remove(run))), 0, reply);
              }
            });
    if (shared.isPresent()) {
      share(open, assignment.deaths(), shared.get());
    }
  }

  /** Those that have no end of their own get the one that they share. */
  private void share(SortedMap<Integer, Attempt> open, int deaths, Reply reply)
      throws ResultsException, InterruptedException {
    if (reply instanceof Reply.Died) {
      if (stop.givenWithin(RetryPolicy.PATIENCE)) {
        return;
      }
      for (Map.Entry<Integer, Attempt> each : Map.copyOf(open).entrySet()) {
        Attempt attempt = each.getValue();
        Reply stored = storedByTheDead(attempt.run(), reply);
        if (stored != reply) {
          open.remove(each.getKey());
          end(List.of(attempt), 0, stored);
        }
      }
    }
    if (!open.isEmpty()) {
      end(List.copyOf(open.values()), deaths, reply);
    }
  }

  private void end(List<Attempt> attempts, int deaths, Reply reply) throws ResultsException {
    List<RunSpec> runs = attempts.stream().map(Attempt::run).toList();
    steps.get(RetryPolicy.verdict(new Assignment(runs, deaths, true), reply)).take(attempts);
  }

  /** A worker may have completed a run before it could say so. */
  private Reply storedByTheDead(RunSpec run, Reply otherwise) {
    return folder
        .read(run)
        .record()
        .filter(record -> record.status() != RunStatus.FAILED)
        .<Reply>map(record -> new Reply.Stored(record.status(), record.reason()))
        .orElse(otherwise);
  }

  private void done(List<Attempt> attempts, Verdict.Done done) throws ResultsException {
    folder.requireInPlace();
    attempts.forEach(attempt -> tally.trained(number, attempt.run(), done.status(), done.reason()));
  }

  private void again(List<Attempt> attempts, Verdict.Again again) {
    String first = attempts.get(0).run().label();
    String what =
        attempts.size() == 1
            ? first + " is tried once more: "
            : first + " and " + (attempts.size() - 1) + " more are tried again, each alone: ";
    tally.tell(l -> l.onNotice(what + again.reason()));
    queue.again(again.parts());
  }

  private void giveUp(List<Attempt> attempts, String reason) throws ResultsException {
    for (Attempt attempt : attempts) {
      if (stop.given()) {
        return;
      }
      tally.failed(number, attempt, reason);
      if (onFailure == OnFailure.END_SWEEP) {
        stop.give(Ending.FAILED_FAST);
      }
    }
  }

  private void endSweep(String reason) throws ResultsException {
    folder.requireInPlace();
    throw new ResultsException(reason);
  }
}

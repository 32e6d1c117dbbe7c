package io.shrinklab.sweep;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;

/**
 * Runs what is missing of a sweep, in worker processes. Starts no engine itself. Whatever ends it,
 * runs that are complete are kept, and the same call goes on from there.
 */
public final class Sweep {
  private final SweepOptions options;
  private final Workplaces.Maker places;
  private final WritePoint point;

  /** With worker processes on this machine. */
  public Sweep(SweepOptions options) {
    this(options, WritePoint.PASS, WorkerPlaces.with(WorkerCommand::of, WorkerCommand.THREADS));
  }

  /** With workers on other machines. */
  public Sweep(SweepOptions options, Courier courier) {
    this(options, WritePoint.PASS, RemotePlaces.with(courier));
  }

  /** With workers and a disk of the test's choice. */
  Sweep(SweepOptions options, IntFunction<WorkerCommand> commands, WritePoint point) {
    this(options, point, WorkerPlaces.with(commands, 1));
  }

  /** With places and a disk of the test's choice. */
  Sweep(SweepOptions options, WritePoint point, Workplaces.Maker places) {
    this.options = options;
    this.places = places;
    this.point = point;
  }

  /**
   * Makes every run complete, or a failed row.
   *
   * @param name the sweep's, and its folder's
   * @param runs in any order: no run's numbers depend on it; walked up to four times
   * @param listener hears of progress
   * @return how it ended
   * @throws DataException when a data set cannot be had; nothing was written
   * @throws ResultsException when the folder is in use, cannot be written, or lost what was stored;
   *     what is there is consistent
   * @throws SweepException when no worker can be started
   * @throws InterruptedException when this thread is interrupted; workers are gone
   */
  public SweepSummary run(String name, Iterable<RunSpec> runs, SweepListener listener)
      throws DataException, ResultsException, SweepException, InterruptedException {
    long start = System.nanoTime();
    try (DataSets dataSets = new DataSets(options.dataDirectory())) {
      DataCheck check = new DataCheck(dataSets);
      Map<String, String> names = new HashMap<>();
      SweepFolder unlocked = SweepFolder.open(options.results(), name);
      for (RunSpec run : runs) {
        DataSpec data = run.variant().data();
        if (!data.source().isEmpty()) {
          names.put(data.source(), data.checksum());
        }
        // Cheap enough for every run: damage is looked for once the folder is locked.
        if (!check.knows(run) && !unlocked.exists(run)) {
          check.check(run);
        }
      }
      try (SweepFolder folder = SweepFolder.lock(options.results(), name, point)) {
        folder
            .takenOverFrom()
            .ifPresent(
                holder ->
                    listener.onNotice(
                        "The last sweep here ended without a word (%s); its complete runs are kept"
                            .formatted(holder)));
        folder.clean().forEach(listener::onNotice);
        folder.clearLogs();
        folder.keepData(names);
        Agenda agenda = Agenda.of(folder, options, runs, listener);
        for (Assignment assignment : agenda.assignments()) {
          for (RunSpec run : assignment.runs()) {
            if (!check.knows(run)) {
              check.check(run);
            }
          }
        }
        listener.onPlan(agenda.plan());
        SweepSummary summary =
            new Crew(options, name, folder, agenda, places, listener, start).work();
        if (summary.ending() == Ending.FINISHED) {
          requireAll(folder, runs);
        }
        return summary;
      }
    }
  }

  /** That all is there is said of what is there, and not of what was once written. */
  private static void requireAll(SweepFolder folder, Iterable<RunSpec> runs)
      throws ResultsException {
    long missing =
        StreamSupport.stream(runs.spliterator(), false).filter(run -> !folder.exists(run)).count();
    if (missing > 0) {
      throw new ResultsException(
          ("%s %s removed from the results folder %s while the sweep ran."
                  + " The same command does what is missing.")
              .formatted(missing, missing == 1 ? "run was" : "runs were", folder.path()));
    }
  }
}

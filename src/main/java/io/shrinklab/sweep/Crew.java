package io.shrinklab.sweep;

import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.util.ArrayList;
import java.util.List;

/** The places where one sweep is trained, and a thread for each. */
final class Crew {
  private final SweepFolder folder;
  private final Agenda agenda;
  private final StopSignal stop = new StopSignal();
  private final Tally tally;
  private final Workplaces places;
  private final List<Thread> threads = new ArrayList<>();

  Crew(
      SweepOptions options,
      String sweep,
      SweepFolder folder,
      Agenda agenda,
      Workplaces.Maker maker,
      SweepListener listener,
      long start) {
    this.folder = folder;
    this.agenda = agenda;
    Workplaces.Site site = Workplaces.Site.here(options, sweep, folder, agenda, stop);
    this.tally = new Tally(folder, agenda, site.environment(), listener, start);
    this.places = maker.make(site);
    AssignmentQueue queue = new AssignmentQueue(agenda.assignments(), places.count());
    for (int number = 1; number <= places.count(); number++) {
      threads.add(
          new Thread(
              new WorkerLoop(
                  number, queue, places.place(number), folder, tally, stop, options.onFailure()),
              "worker " + number));
    }
  }

  /** Works until nothing is left, or something ends it. */
  SweepSummary work() throws ResultsException, SweepException, InterruptedException {
    ShutdownHook hook =
        new ShutdownHook(
            threads, () -> stop.give(Ending.INTERRUPTED), this::unlock, this::sayInterrupted);
    hook.set();
    try {
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      copyTwins();
      stop.rethrow();
      tally.tell(SweepListener::onTidying);
      // What a worker left that died while it stored a run.
      folder.clean().forEach(notice -> tally.tell(l -> l.onNotice(notice)));
      folder.clearLogs();
    } catch (InterruptedException e) {
      stop.give(Ending.INTERRUPTED);
      throw e;
    } finally {
      places.close();
      hook.leave();
    }
    return tally.summary(stop.ending());
  }

  private void copyTwins() throws ResultsException {
    for (Twin twin : agenda.twins()) {
      if (stop.given()) {
        return;
      }
      twin.copy(folder, tally);
    }
  }

  private void unlock() {
    try {
      folder.close();
    } catch (ResultsException e) {
      tally.tell(l -> l.onNotice(String.valueOf(e.getMessage())));
    }
  }

  private void sayInterrupted() {
    tally.tell(l -> l.onInterrupted(tally.summary(stop.ending())));
  }
}

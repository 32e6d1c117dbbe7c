package io.shrinklab.sweep;

import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker process of this machine that several places share, replaced when it is spent: what one
 * place has it load and compile serves the others. Used by the places' threads.
 */
final class WorkerHost {
  private final int number;
  private final WorkerStarter starter;
  private final SweepFolder logs;

  // Guarded by this.
  private @Nullable WorkerProcess present;

  /** How many places are at each process: a spent one lives until the last has left it. */
  private final Map<WorkerProcess, Integer> guests = new HashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param number of its log
   * @param logs where its log is to be
   */
  WorkerHost(int number, WorkerStarter starter, SweepFolder logs) {
    this.number = number;
    this.starter = starter;
    this.logs = logs;
  }

  WorkerLog log() throws ResultsException {
    return logs.workerLog(number);
  }

  /**
   * A process that can take a list of runs.
   *
   * @param last the one that the place had here, left if it is spent
   * @return null when the sweep is being stopped
   * @throws SweepException when none can be started
   */
  synchronized @Nullable WorkerProcess join(@Nullable WorkerProcess last)
      throws ResultsException, SweepException, InterruptedException {
    if (last != null && last == present && !last.spent()) {
      return last;
    }
    leave(last);
    if (present == null || present.spent()) {
      present = starter.start(log());
    }
    if (present != null) {
      guests.merge(present, 1, Integer::sum);
    }
    return present;
  }

  /** The place needs it no more. */
  synchronized void leave(@Nullable WorkerProcess last) {
    if (last != null && guests.merge(last, -1, Integer::sum) == 0) {
      guests.remove(last);
      if (last == present) {
        present = null;
      }
      starter.retire(last);
    }
  }
}

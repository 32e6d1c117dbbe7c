package io.shrinklab.command;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read of runs, and need not be read and proved again: by a sweep, of those that are
 * complete from before, for a report on a sweep with nothing to do; by a page, for the next page of
 * the same sweep. Once a sweep trains anything, time passes and memory is for others: it keeps
 * nothing then.
 */
final class KeptRuns implements SweepListener {
  /** That a page leaves for the next one: some 50 MB. */
  private static final long EPOCHS = 300_000;

  private final Map<RunSpec, RunRecord> records = new HashMap<>();

  @Override
  public void onKept(RunRecord run) {
    records.put(run.spec(), run);
  }

  @Override
  public void onStart(int worker, List<RunSpec> runs) {
    records.clear();
  }

  /** In place of all that was kept; nothing where that is much. */
  void keep(List<RunRecord> read) {
    records.clear();
    if (read.stream().mapToLong(run -> run.epochs().size()).sum() <= EPOCHS) {
      read.forEach(run -> records.put(run.spec(), run));
    }
  }

  /** By run; empty once runs were trained. */
  Map<RunSpec, RunRecord> records() {
    return records;
  }
}

package io.shrinklab.command;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep read of runs that are complete from before, so that a report on a sweep with nothing
 * to do need not read and prove all of it again. Once anything is trained, time passes and memory
 * is for others: nothing is kept then.
 */
final class KeptRuns implements SweepListener {
  private final Map<RunSpec, RunRecord> records = new HashMap<>();

  @Override
  public void onKept(RunRecord run) {
    records.put(run.spec(), run);
  }

  @Override
  public void onStart(int worker, List<RunSpec> runs) {
    records.clear();
  }

  /** By run; empty once runs were trained. */
  Map<RunSpec, RunRecord> records() {
    return records;
  }
}

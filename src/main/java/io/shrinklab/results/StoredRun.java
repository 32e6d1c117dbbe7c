package io.shrinklab.results;

import io.shrinklab.outcome.RunRecord;
import java.util.Optional;

/**
 * What a look at a run's folder found: checksums proved, and all that tables are made of read.
 *
 * @param state what is there
 * @param detail for DAMAGED and UNREADABLE which file and why; for FAILED the run's reason; else
 *     empty
 * @param record of a COMPLETE or FAILED run; else empty
 */
public record StoredRun(RunState state, String detail, Optional<RunRecord> record) {
  static StoredRun without(RunState state, String detail) {
    return new StoredRun(state, detail, Optional.empty());
  }

  /** Whether a sweep has to train this run. */
  public boolean missing() {
    return state != RunState.COMPLETE;
  }
}

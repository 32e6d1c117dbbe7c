package io.shrinklab.sweep;

import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import java.time.Instant;
import java.util.List;

/**
 * Two runs that differ in nothing but the variant's name.
 *
 * @param run the one that is copied
 * @param original the one that is trained
 */
record Twin(RunSpec run, RunSpec original) {
  /** Copies the one from the other; where that failed, it fails too. */
  void copy(SweepFolder folder, Tally tally) throws ResultsException {
    if (folder.copy(run, folder.path(original))) {
      tally.copied();
      return;
    }
    StoredRun check = folder.read(original);
    String why =
        check.state() == RunState.FAILED ? ", failed: " + check.detail() : ", cannot be read";
    String reason = "The same run, " + original.label() + why;
    tally.failed(1, new Attempt(run, Instant.now(), nothing -> {}, List.of()), reason);
  }
}

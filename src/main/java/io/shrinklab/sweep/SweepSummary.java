package io.shrinklab.sweep;

import java.time.Duration;
import java.util.List;

/**
 * How a sweep ended.
 *
 * @param plan what it set out to do
 * @param completed runs trained to the end now
 * @param diverged runs whose loss became NaN now: results, not failures
 * @param copied runs that were taken from an equal one, before or during this sweep
 * @param failed runs that failed now, with their reasons
 * @param ending why it ended
 * @param elapsed wall time
 */
public record SweepSummary(
    SweepPlan plan,
    long completed,
    long diverged,
    long copied,
    List<FailedRun> failed,
    Ending ending,
    Duration elapsed) {

  /** Copies the list. */
  public SweepSummary {
    failed = List.copyOf(failed);
  }

  /** Why a sweep ended. */
  public enum Ending {
    /** Every run has a row. */
    FINISHED,
    /** The first failure ended it, as asked. */
    FAILED_FAST,
    /** It was stopped from outside. */
    INTERRUPTED
  }

  /**
   * A run that failed.
   *
   * @param label for people
   * @param reason one line
   */
  public record FailedRun(String label, String reason) {}

  /** Runs that are complete now, from before or from this sweep. */
  public long done() {
    return plan.kept() + copied + completed + diverged;
  }

  /** Runs that have no complete folder: failed or never reached. */
  public long missing() {
    return plan.runs() - done();
  }

  /** One or two sentences for people: what is done, and how to go on. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(done()).append(" of ").append(plan.runs()).append(" runs are complete");
    if (!failed.isEmpty()) {
      text.append(", ").append(failed.size()).append(" failed");
    }
    switch (ending) {
      case FINISHED -> text.append('.');
      case FAILED_FAST -> text.append("; stopped at the first failure, as asked.");
      case INTERRUPTED -> text.append("; stopped from outside.");
    }
    if (missing() > 0) {
      text.append(" The same command goes on from here.");
    }
    return text.toString();
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.RunStatus;
import java.util.Locale;

/** What became of a planned run. */
public enum RunFate {
  /**
   * Trained to the last epoch, or to a stop that the experiment asked for; only these enter means
   * and comparisons.
   */
  COMPLETED,
  /** The loss became NaN or infinite. */
  DIVERGED,
  /** It could not be trained. */
  FAILED,
  /** Planned, but not among the results. */
  MISSING,
  /** Among the results, but not what was once written. */
  DAMAGED,
  /** Among the results, but nobody can see what it is. */
  UNREADABLE;

  /** As it stands in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunFate of(RunStatus status) {
    return switch (status) {
      case COMPLETED -> COMPLETED;
      case DIVERGED -> DIVERGED;
      case FAILED -> FAILED;
    };
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.RunStatus;

/** What became of a planned run. */
public enum RunState {
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
  MISSING;

  static RunState of(RunStatus status) {
    return switch (status) {
      case COMPLETED -> COMPLETED;
      case DIVERGED -> DIVERGED;
      case FAILED -> FAILED;
    };
  }
}

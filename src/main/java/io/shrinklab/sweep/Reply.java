package io.shrinklab.sweep;

import io.shrinklab.outcome.RunStatus;
import java.io.Serializable;

/** How a worker's try at a run, or at several that share an end, is seen by its parent. */
sealed interface Reply extends Serializable {
  /** Trained and stored. */
  record Stored(RunStatus status, String reason) implements Reply {}

  /**
   * Cannot be trained; trying again would not help, but that each of several may be tried alone.
   */
  record Failed(String reason) implements Reply {}

  /** The worker is gone, by the run's fault or not; one more try will tell. */
  record Died(String reason) implements Reply {}

  /** Trained, but the results folder cannot be written; no run can be. */
  record Unwritable(String reason) implements Reply {}
}

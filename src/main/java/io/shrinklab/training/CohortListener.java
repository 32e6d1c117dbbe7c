package io.shrinklab.training;

import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.RunSpec;

/** Hears of runs while they train side by side, and what became of each as soon as it ended. */
public interface CohortListener extends TrainingListener {
  /** A run has ended, COMPLETED or DIVERGED; others may go on. */
  void onOutcome(RunOutcome outcome);

  /** A run cannot be trained, by a fault of its own; others may go on. */
  void onFailure(RunSpec spec, Exception fault);
}

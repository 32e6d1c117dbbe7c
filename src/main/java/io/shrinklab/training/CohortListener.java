package io.shrinklab.training;

import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.RunSpec;
import java.util.List;

/** Hears of runs while they train side by side, and what became of each as soon as it ended. */
public interface CohortListener extends TrainingListener {
  /** Runs begin, side by side. */
  default void onStart(List<RunSpec> together) {}

  /** What is said from now on is of one epoch of all that train side by side. */
  default void onRound() {}

  /** That was all of it. */
  default void onRoundEnd() {}

  /** A run has ended, COMPLETED or DIVERGED; others may go on. */
  void onOutcome(RunOutcome outcome);

  /** A run cannot be trained, by a fault of its own; others may go on. */
  void onFailure(RunSpec spec, Exception fault);
}

package io.shrinklab.sweep;

import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.TrainingListener;

/** What a worker does with a run: trains it, in production, or fails in chosen ways, in tests. */
@FunctionalInterface
interface Trainer {
  /** Trains one run; whatever it throws makes the run a failed one. */
  RunOutcome train(RunSpec spec, TrainingListener listener) throws Exception;
}

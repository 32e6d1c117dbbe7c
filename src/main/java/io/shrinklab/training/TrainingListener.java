package io.shrinklab.training;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.spec.RunSpec;

/** Hears of a run while it trains. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /** After each epoch. */
  default void onEpoch(RunSpec spec, EpochMetrics metrics) {}

  /** After each optimizer step, where {@link #wantsSteps()}. */
  default void onStep(RunSpec spec, StepMetrics metrics) {}

  /** Whether steps are to be measured; costs a synchronization each. */
  default boolean wantsSteps() {
    return false;
  }
}

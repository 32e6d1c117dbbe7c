package io.shrinklab.training;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.RunSpec;

/** Hears of a run while it trains. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /** After each epoch. */
  default void onEpoch(RunSpec spec, EpochMetrics metrics) {}

  /** After each optimizer step, where {@link #wantsSteps()}. */
  default void onStep(RunSpec spec, StepMetrics metrics) {}

  /**
   * Whether steps are to be measured, which costs some passes over the weights and gradients of
   * each. Asked once, before training.
   */
  default boolean wantsSteps() {
    return false;
  }
}

package io.shrinklab.training;

import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.OptimizerSpec;

/** The learning rate of each step of a run: linear warm-up, then the schedule's factor. */
final class LearningRate {
  private final double full;
  private final int warmupEpochs;
  private final long warmupSteps;
  private final LearningRateSchedule.Factor factor;

  LearningRate(OptimizerSpec optimizer, int epochs, int stepsPerEpoch) {
    this.full = optimizer.learningRate();
    this.warmupEpochs = optimizer.schedule().warmupEpochs();
    this.warmupSteps = (long) warmupEpochs * stepsPerEpoch;
    this.factor =
        optimizer
            .schedule()
            .newFactor(stepsPerEpoch, Math.max(1, (long) epochs * stepsPerEpoch - warmupSteps));
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 0 over the whole run
   */
  double at(long step) {
    return step < warmupSteps
        ? full * (step + 1) / warmupSteps
        : full * factor.at(step - warmupSteps);
  }

  /** Tells the loss that a plateau is read from; call after each epoch. */
  void afterEpoch(int epoch, double validationLoss) {
    if (epoch > warmupEpochs) {
      factor.afterEpoch(validationLoss);
    }
  }
}

package io.shrinklab.training;

import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.OptimizerSpec;

/** The learning rate of each step: the mutable half of {@link LearningRateSchedule}. */
final class LearningRate {
  private final double full;
  private final LearningRateSchedule schedule;
  private final int stepsPerEpoch;
  private final long warmupSteps;
  private final long totalSteps;

  private double plateauFactor = 1;
  private double lowestLoss = Double.POSITIVE_INFINITY;
  private int epochsSinceLowest;

  LearningRate(OptimizerSpec optimizer, int epochs, int stepsPerEpoch) {
    this.full = optimizer.learningRate();
    this.schedule = optimizer.schedule();
    this.stepsPerEpoch = stepsPerEpoch;
    this.warmupSteps = (long) schedule.warmupEpochs() * stepsPerEpoch;
    this.totalSteps = (long) epochs * stepsPerEpoch;
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 0 over the whole run
   */
  double at(long step) {
    if (step < warmupSteps) {
      return full * (step + 1) / warmupSteps;
    }
    long after = step - warmupSteps;
    if (schedule instanceof LearningRateSchedule.Step falls) {
      long fallen = after / stepsPerEpoch / falls.every();
      return full * Math.pow(falls.factor(), (double) fallen);
    }
    if (schedule instanceof LearningRateSchedule.Cosine cosine) {
      double progress = (double) after / Math.max(1, totalSteps - warmupSteps);
      return full
          * (cosine.floor() + (1 - cosine.floor()) * (1 + Math.cos(Math.PI * progress)) / 2);
    }
    return full * plateauFactor;
  }

  /** Tells the loss that a plateau is read from; call after each epoch. */
  void afterEpoch(int epoch, double validationLoss) {
    if (!(schedule instanceof LearningRateSchedule.Plateau plateau)
        || epoch <= plateau.warmupEpochs()) {
      return;
    }
    if (validationLoss < lowestLoss) {
      lowestLoss = validationLoss;
      epochsSinceLowest = 0;
    } else if (++epochsSinceLowest >= plateau.patience()) {
      plateauFactor *= plateau.factor();
      epochsSinceLowest = 0;
    }
  }
}

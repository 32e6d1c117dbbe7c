package io.shrinklab.spec;

/** The factor of {@link LearningRateSchedule.Plateau} in one run: falls as losses are told. */
final class PlateauFactor implements LearningRateSchedule.Factor {
  private final LearningRateSchedule.Plateau plateau;
  private double factor = 1;
  private double lowestLoss = Double.POSITIVE_INFINITY;
  private int epochsSinceLowest;

  PlateauFactor(LearningRateSchedule.Plateau plateau) {
    this.plateau = plateau;
  }

  @Override
  public double at(long step) {
    return factor;
  }

  @Override
  public void afterEpoch(double validationLoss) {
    if (validationLoss < lowestLoss) {
      lowestLoss = validationLoss;
      epochsSinceLowest = 0;
    } else if (++epochsSinceLowest >= plateau.patience()) {
      factor *= plateau.factor();
      epochsSinceLowest = 0;
    }
  }
}

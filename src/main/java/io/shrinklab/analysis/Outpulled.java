package io.shrinklab.analysis;

import java.util.Optional;

/**
 * Why a run fits less than another: at the other's norm its penalty would pull harder than the data
 * ever push. Known of the square, whose gradient grows with the norm.
 *
 * @param own of the run that fits less
 * @param other of the run that fits more
 * @param pullThere what the penalty would pull with at the other's last norm
 */
public record Outpulled(TugOfWar own, TugOfWar other, double pullThere) {
  /** Losses within this quotient are not apart. */
  private static final double APART = 1.5;

  /** Empty where that is not what happened, or not known. */
  public static Optional<Outpulled> of(StepCourse course, StepCourse fits) {
    if (course.steps() == 0 || fits.steps() == 0 || !course.spec().variant().penalty().isSquare()) {
      return Optional.empty();
    }
    TugOfWar own = TugOfWar.of(course);
    TugOfWar other = TugOfWar.of(fits);
    double there = own.latePull() * other.lastNorm() / own.lastNorm();
    boolean so =
        own.lateLoss() > APART * other.lateLoss()
            && own.lastNorm() < other.lastNorm()
            && there > own.hardestPush();
    return so ? Optional.of(new Outpulled(own, other, there)) : Optional.empty();
  }
}

package io.shrinklab.analysis;

import io.shrinklab.analysis.StepCourse.Quantity;
import io.shrinklab.outcome.LayerQuantity;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How the data push a run's weights outward and the penalty pulls them inward: means over tenths of
 * its steps, of all multiplicative weights together.
 *
 * @param steps that a tenth has
 * @param firstNorm of the weights that the first step began with
 * @param earlyNorm of those that the step after the first tenth began with
 * @param lastNorm of those that the last step began with
 * @param firstPull of the first step
 * @param earlyPush over the first tenth
 * @param earlyPull over the first tenth
 * @param latePush over the last tenth
 * @param latePull over the last tenth
 * @param hardestPush the largest of any sixtieth
 * @param firstLoss the data loss of the first batch
 * @param lateLoss the data loss over the last tenth
 * @param balance how it stands at the end
 */
public record TugOfWar(
    long steps,
    double firstNorm,
    double earlyNorm,
    double lastNorm,
    double firstPull,
    double earlyPush,
    double earlyPull,
    double latePush,
    double latePull,
    double hardestPush,
    double firstLoss,
    double lateLoss,
    Balance balance) {
  private static final int PARTS = 10;

  /** As fine as the page's thick lines, whose peak a reader sees. */
  private static final int FINE_PARTS = 60;

  /** Up to this quotient of the stronger and the weaker side they hold each other. */
  private static final double EVEN = 1.25;

  /** How the two sides stand over the last tenth. */
  public enum Balance {
    /** Nothing pulls. */
    NO_PULL,
    /** Neither is a quarter stronger than the other. */
    HELD,
    /** The penalty is stronger. */
    PULLED_IN,
    /** The penalty is stronger, and takes the weights beyond 0 to the other side, step by step. */
    OVERSHOT,
    /** The data are stronger. */
    PUSHED_OUT
  }

  /** Of a run that took a step. */
  public static TugOfWar of(StepCourse course) {
    StepCourse.Layer all = course.layers().get(0);
    ThinnedLine norm = all.line(LayerQuantity.WEIGHT_NORM);
    ThinnedLine push = all.line(LayerQuantity.DATA_PUSH);
    ThinnedLine pull = all.line(LayerQuantity.PENALTY_PULL);
    ThinnedLine loss = course.line(Quantity.DATA_LOSS);
    long steps = course.steps();
    long tenth = Math.max(1, steps / PARTS);
    double latePush = push.mean(steps - tenth, steps);
    double latePull = pull.mean(steps - tenth, steps);
    // But for the last step, after which a run that diverges has no numbers.
    double outward = all.line(LayerQuantity.UPDATE_OUTWARD).mean(0, steps - 1);
    boolean overshoots = outward < -norm.mean(0, steps - 1);
    double hardest =
        IntStream.range(0, FINE_PARTS)
            .mapToDouble(i -> push.mean(steps * i / FINE_PARTS, steps * (i + 1) / FINE_PARTS))
            .filter(mean -> !Double.isNaN(mean))
            .max()
            .orElse(latePush);
    return new TugOfWar(
        tenth,
        Objects.requireNonNull(course.first()).weights().get(LayerQuantity.WEIGHT_NORM),
        norm.mean(tenth, tenth + 1),
        Objects.requireNonNull(course.last()).weights().get(LayerQuantity.WEIGHT_NORM),
        Objects.requireNonNull(course.first()).weights().get(LayerQuantity.PENALTY_PULL),
        push.mean(0, tenth),
        pull.mean(0, tenth),
        latePush,
        latePull,
        hardest,
        Objects.requireNonNull(course.first()).dataLoss(),
        loss.mean(steps - tenth, steps),
        balance(latePush, latePull, overshoots));
  }

  private static Balance balance(double push, double pull, boolean overshoots) {
    if (pull == 0) {
      return Balance.NO_PULL;
    }
    if (pull > EVEN * push) {
      return overshoots ? Balance.OVERSHOT : Balance.PULLED_IN;
    }
    return push > EVEN * pull ? Balance.PUSHED_OUT : Balance.HELD;
  }
}

package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.EarlyStopping;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.TrainingSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scores by hand; all are sums of powers of two, so that differences are exact. */
class StopRuleTest {
  private static final double STEP = 1.0 / 1024;

  private static StopRule rule(
      int epochs, @Nullable EarlyStopping stopping, @Nullable Pruning pruning) {
    return new StopRule(
        new TrainingSpec(
            epochs,
            32,
            0,
            0.001,
            stopping,
            pruning,
            0,
            TrainingSpec.Selection.BEST,
            TrainingSpec.Until.EPOCHS,
            1e-6,
            false));
  }

  /** The rule after the scores from epoch 1 on, up to the one at which it ends the run. */
  private static StopRule after(
      int epochs,
      @Nullable EarlyStopping stopping,
      @Nullable Pruning pruning,
      double... validationScores) {
    StopRule rule = rule(epochs, stopping, pruning);
    for (int i = 0; i < validationScores.length && !rule.isOver(); i++) {
      rule.afterEpoch(i + 1, validationScores[i]);
    }
    return rule;
  }

  private static String reason(int patience, double minimumChange, double... validationScores) {
    return after(100, new EarlyStopping(patience, minimumChange), null, validationScores).reason();
  }

  private static String pruned(int afterEpochs, double minimumScore, double... validationScores) {
    return after(100, null, new Pruning(afterEpochs, minimumScore), validationScores).reason();
  }

  /** So many scores, each one step above the one before. */
  private static double[] rising(int count) {
    double[] scores = new double[count];
    Arrays.setAll(scores, i -> 0.5 + i * STEP);
    return scores;
  }

  @Test
  void withoutARuleNothingEndsARun() {
    assertThat(after(100, null, null, 0.5, 0.25, 0.125, 0, -1, -1, -1).isOver()).isFalse();
  }

  /** Epochs 4 and 5 are each better than the one before, and none is better than epoch 2. */
  @Test
  void patienceCountsFromTheBestSoFarAndNotFromTheEpochBefore() {
    assertThat(reason(3, 0, 0.5, 0.75, 0.5, 0.625, 0.6875, 0.875))
        .isEqualTo("stopped early after epoch 5 of 100: no better validation score for 3 epochs");
  }

  @Test
  void aNewBestGivesTheWholePatienceAgain() {
    assertThat(reason(2, 0, 0.5, 0.25, 0.625, 0.25, 0.75, 0.25)).isEmpty();
    assertThat(reason(2, 0, 0.5, 0.25, 0.625, 0.25, 0.75, 0.25, 0.25)).contains("after epoch 7 ");
  }

  @Test
  void aPlateauIsNoProgress() {
    assertThat(reason(2, 0, 0.75, 0.75)).isEmpty();
    assertThat(reason(2, 0, 0.75, 0.75, 0.75)).contains("after epoch 3 ");
    assertThat(reason(1, 0, 0.75, 0.75))
        .endsWith("after epoch 2 of 100: no better validation score for 1 epoch");
  }

  @Test
  void anySlowProgressIsProgressWithoutAMinimumChange() {
    assertThat(reason(1, 0, rising(99))).isEmpty();
  }

  /**
   * More than four steps are asked for: five epochs after each reference, the fifth counts. A rule
   * that asks for the change from one epoch to the next, or that moves its reference with each
   * small gain, ends this run after epoch 6.
   */
  @Test
  void smallGainsAddUpToTheMinimumChange() {
    assertThat(reason(5, 4 * STEP, rising(99))).isEmpty();
    assertThat(reason(4, 4 * STEP, rising(99)))
        .isEqualTo(
            "stopped early after epoch 5 of 100: no validation score better by more than 0.00390625"
                + " for 4 epochs");
  }

  @Test
  void aGainOfExactlyTheMinimumChangeIsTooSmall() {
    assertThat(reason(1, 0.25, 0.5, 0.75)).contains("after epoch 2 ");
    assertThat(reason(1, 0.25, 0.5, Math.nextUp(0.75))).isEmpty();
  }

  /** R2 has no lower end; any first score is a reference. */
  @Test
  void negativeScoresAreScores() {
    assertThat(reason(1, 0, -1e300, -40, -39.5, -2)).isEmpty();
    assertThat(reason(2, 0.5, -3, -4, -2.75)).contains("after epoch 3 ");
  }

  @Test
  void patienceForTheWholeRunOrLongerEndsNothing() {
    for (int patience : new int[] {5, 6, 1_000_000}) {
      assertThat(
              after(6, new EarlyStopping(patience, 0), null, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5).isOver())
          .as("patience " + patience)
          .isFalse();
    }
    assertThat(after(6, new EarlyStopping(4, 0), null, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5).reason())
        .contains("after epoch 5 of 6");
  }

  @Test
  void aRunOfOneEpochIsNeverCut() {
    assertThat(after(1, new EarlyStopping(1, 1), new Pruning(1, 1), 0).isOver()).isFalse();
  }

  @Test
  void theBestSoFarIsHeldAgainstTheBarAndNotTheLast() {
    assertThat(pruned(3, 0.75, 0.5, 0.875, 0.125)).isEmpty();
    assertThat(pruned(3, 0.75, 0.5, 0.625, 0.125))
        .isEqualTo("pruned after epoch 3 of 100: best validation score 0.625 is below 0.75");
  }

  @Test
  void aScoreOnTheBarIsKept() {
    assertThat(pruned(1, 0.75, 0.75)).isEmpty();
    assertThat(pruned(1, 0.75, Math.nextDown(0.75))).startsWith("pruned after epoch 1 of 100");
  }

  @Test
  void theBarIsLookedAtOnceAndOnlyWhereSomethingIsLeftToCut() {
    assertThat(pruned(2, 0.75, 0.5)).as("before").isEmpty();
    assertThat(pruned(2, 0.75, 0.5, 0.75, 0, 0, 0)).as("afterwards").isEmpty();
    assertThat(after(3, null, new Pruning(3, 1), 0, 0, 0).isOver()).as("last epoch").isFalse();
    assertThat(after(3, null, new Pruning(4, 1), 0, 0, 0).isOver()).as("beyond").isFalse();
  }

  @Test
  void whicheverOfTheTwoComesFirstEndsTheRun() {
    Pruning pruning = new Pruning(4, 0.75);
    double[] scores = {0.5, 0.25, 0.25, 0.25, 0.25};
    assertThat(after(100, new EarlyStopping(2, 0), pruning, scores).reason())
        .startsWith("stopped early after epoch 3 ");
    assertThat(after(100, new EarlyStopping(4, 0), pruning, scores).reason())
        .startsWith("pruned after epoch 4 ");
  }

  /** So that the report, which sees the scores alone, and the run's own words agree. */
  @Test
  void aRunThatIsOutOfPatienceAndBelowTheBarIsPruned() {
    assertThat(
            after(100, new EarlyStopping(3, 0), new Pruning(4, 0.75), 0.5, 0.25, 0.25, 0.25)
                .reason())
        .startsWith("pruned after epoch 4 ");
  }
}

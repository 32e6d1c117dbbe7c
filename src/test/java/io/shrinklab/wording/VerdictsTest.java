package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.RunStatus;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final double[] BASE = {.90, .91, .92, .93, .94, .90, .91, .92, .93, .94};

  private static double[] shifted(double by) {
    double[] scores = BASE.clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] += by + (i % 2 == 0 ? 0.001 : -0.001);
    }
    return scores;
  }

  private static HandMade tenSeeds() {
    return HandMade.fixedSplit(10).none().l2("l2", 0.01).scores("none", BASE);
  }

  /** Of a variant that is not the baseline, at the best epoch. */
  private static String criterion(SweepAnalysis analysis, String variant) {
    VariantSummary summary =
        analysis.variants().stream()
            .filter(v -> v.name().equals(variant))
            .findFirst()
            .orElseThrow();
    return Verdicts.criterion(
        summary,
        analysis.comparisons().stream()
            .filter(comparison -> comparison.variant().equals(variant))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void aGainWithItsInterval() {
    // Deviation 0.001 * sqrt(10 / 9), half-width 2.262157 * that / sqrt(10) = 0.000754.
    assertThat(criterion(tenSeeds().scores("l2", shifted(0.02)).analysis(), "l2"))
        .isEqualTo(
            "validation score difference +0.0200 [+0.0192, +0.0208], adjusted p < 0.001,"
                + " 10 seeds: above the baseline's");
  }

  @Test
  void aLossWithItsInterval() {
    assertThat(criterion(tenSeeds().scores("l2", shifted(-0.02)).analysis(), "l2"))
        .isEqualTo(
            "validation score difference -0.0200 [-0.0208, -0.0192], adjusted p < 0.001,"
                + " 10 seeds: below the baseline's");
  }

  @Test
  void underfittingWithBothScores() {
    HandMade sweep = tenSeeds();
    double[] scores = shifted(-0.02);
    for (int seed = 0; seed < 10; seed++) {
      sweep.run("l2", seed, seed % 2 == 0 ? 0.96 : 0.97, scores[seed], scores[seed]);
    }

    assertThat(criterion(sweep.analysis(), "l2"))
        .startsWith("validation score difference -0.0200 [-0.0208, -0.0192], p < 0.001, training")
        .contains("training score difference -0.0350 [")
        .endsWith("10 seeds: both below the baseline's, at the best and at the last epoch");
  }

  @Test
  void noDifferenceNamesWhatWouldHaveBeenFound() {
    // 3.601373 (scipy's nct, power 0.8 at level 0.025) times a standard error of 0.001 / 3.
    assertThat(criterion(tenSeeds().scores("l2", shifted(0.0001)).analysis(), "l2"))
        .endsWith("a true difference of 0.0012 would have been found four times out of five");
  }

  @Test
  void twoSeedsAreTooFew() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(2)
            .none()
            .l2("l2", 1)
            .scores("none", .90, .91)
            .scores("l2", .95, .97)
            .analysis();

    assertThat(criterion(analysis, "l2"))
        .isEqualTo("2 seeds completed by both, 3 needed for an interval");
    assertThat(Verdicts.rule(analysis.comparisons()))
        .containsExactly(
            "Nothing was tested: that needs 3 seeds that both the baseline and a variant"
                + " completed.");
  }

  @Test
  void divergedRunsAreCounted() {
    HandMade sweep = tenSeeds();
    double[] scores = shifted(0.02);
    for (int seed = 0; seed < 9; seed++) {
      sweep.score("l2", seed, scores[seed]);
    }
    sweep.ended("l2", 9, RunStatus.DIVERGED, "loss NaN at epoch 2", new HandMade.Scores(.5, .01));

    // The mean of nine is 0.02 + 0.001 / 9.
    assertThat(criterion(sweep.analysis(), "l2"))
        .startsWith(
            "1 of 10 runs diverged, the others are a chosen sample; there validation score"
                + " difference +0.0201 [");
  }

  @Test
  void whatCannotBeComparedSaysWhy() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("failed", 1)
            .l2("unseen", 2)
            .l2("alone", 3)
            .ended("none", 0, RunStatus.DIVERGED, "loss NaN")
            .ended("failed", 0, RunStatus.FAILED, "out of memory")
            .scores("alone", .9, .9, .9)
            .analysis();

    assertThat(criterion(analysis, "failed"))
        .isEqualTo("no run completed: 0 diverged, 1 failed, 2 missing");
    assertThat(criterion(analysis, "unseen")).isEqualTo("no run yet");
    assertThat(criterion(analysis, "alone")).isEqualTo("no run of the baseline completed");
    assertThat(Verdicts.criterion(analysis.variants().get(0), null))
        .isEqualTo("the others are compared with it; 0 of 3 runs completed");
  }

  @Test
  void overfittingWithItsNumbers() {
    HandMade sweep = HandMade.fixedSplit(3).none();
    for (int seed = 0; seed < 3; seed++) {
      sweep.run("none", seed, 1, .93, .90);
    }

    // The fixture's loss is one minus the score: 0.07 rises to 0.10.
    assertThat(Verdicts.overfitting(sweep.analysis().variants().get(0)))
        .isEqualTo(
            "at the last epoch the training score is 0.1000 above the validation score, and the"
                + " validation loss rose by 0.0300 after its minimum of 0.0700");
  }

  @Test
  void theRuleStatesTheThresholdsThatDecide() {
    assertThat(Verdicts.rule(tenSeeds().scores("l2", shifted(0.02)).analysis().comparisons()))
        .containsExactly(
            "Variants are compared with the baseline seed by seed, by a paired t test; all seeds"
                + " share one split, so what is said holds for that split.",
            "p values are adjusted by Holm's method over all 2 comparisons, best epoch and last"
                + " epoch alike. BETTER and WORSE: adjusted p below 0.05.",
            "UNDERFITS: validation and training score both lie below the baseline's, at the best"
                + " and at the last epoch, and all four 95 % intervals exclude 0.",
            "OVERFITS: at the last epoch the training score is more than 0.01 above the validation"
                + " score and the validation loss more than 5 % above its minimum, both by the"
                + " lower end of the 95 % interval; not said of a variant that underfits.",
            "NO DIFFERENCE SHOWN does not mean that there is none: the detectable difference is the"
                + " one that would be found four times out of five.");
  }
}

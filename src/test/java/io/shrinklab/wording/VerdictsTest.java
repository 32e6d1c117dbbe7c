package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
import io.shrinklab.spec.Experiment;
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
        .startsWith(
            "validation score difference -0.0200 [-0.0208, -0.0192], adjusted p < 0.001, 10 seeds:"
                + " below the baseline's, and so is the training score, by -0.0350 [");
  }

  @Test
  void noDifferenceNamesWhatWouldHaveBeenFound() {
    // 3.149636 (scipy's nct, power 0.8 at level 0.05) times a standard error of 0.001 / 3.
    assertThat(criterion(tenSeeds().scores("l2", shifted(0.0001)).analysis(), "l2"))
        .endsWith("a true difference of 0.0011 would have been found four times out of five");
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
    assertThat(Verdicts.rule(analysis))
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
    assertThat(Verdicts.rule(tenSeeds().scores("l2", shifted(0.02)).analysis()))
        .containsExactly(
            "Variants are compared with the baseline seed by seed. All seeds saw the same rows, so"
                + " what is said holds for these rows.",
            "One rule decides: all 4 intervals of score and loss, at the best and at the last epoch,"
                + " hold together with 95 % confidence (min-p over the differences' joint"
                + " distribution; the best epoch's score has 80 % of the error). BETTER or WORSE: the"
                + " interval excludes 0, which is an adjusted p of at most 0.05.",
            "Beside WORSE: UNDERFITS where the training score is worse too, by an interval of the"
                + " same level; COLLAPSED where the last score keeps less than 5 % of what the baseline"
                + " gains over a guess; UNSTABLE where runs diverged, of which none is called better"
                + " or equivalent.",
            "OVERFITS: at the last epoch the training score is more than 0.01 above the validation"
                + " score and the validation loss more than 5 % above its minimum, both by the"
                + " lower end of the variant's own 95 % interval; not said of a variant that"
                + " underfits.",
            "NO DIFFERENCE SHOWN does not mean that there is none: what lies outside the interval is"
                + " ruled out, and the detectable difference is the one that would be found four"
                + " times out of five.");
  }

  @Test
  void theMarginAndTheClaimArePartOfTheRule() {
    HandMade sweep =
        HandMade.splitPerSeed(10)
            .none()
            .l2("l2", 0.01)
            .scores("none", BASE)
            .scores("l2", shifted(0));
    SweepAnalysis analysis =
        SweepAnalysis.of(
            sweep.experiment().withJudging(new Experiment.Judging(0.005, Claim.THESE_ROWS)),
            sweep.records());

    assertThat(Verdicts.rule(analysis).get(0))
        .endsWith("What is said holds for these rows, split again: the experiment claims no more.");
    assertThat(Verdicts.rule(analysis).get(2))
        .isEqualTo(
            "EQUIVALENT: the score's whole interval lies within the margin of 0.005 that the"
                + " experiment names.");
    assertThat(criterion(analysis, "l2")).endsWith("10 seeds: inside the margin");
  }
}

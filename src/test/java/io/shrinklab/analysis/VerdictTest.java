package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final double[] BASE = {.90, .91, .92, .93, .94, .90, .91, .92, .93, .94};

  /** Differences of the baseline to a variant that varies a little. */
  private static double[] shifted(double by) {
    double[] scores = BASE.clone();
    for (int i = 0; i < scores.length; i++) {
      scores[i] += by + (i % 2 == 0 ? 0.001 : -0.001);
    }
    return scores;
  }

  private static VariantSummary l2(SweepAnalysis analysis) {
    return analysis.variants().get(1);
  }

  private static HandMade tenSeeds() {
    return HandMade.fixedSplit(10).none().l2("l2", 0.01).scores("none", BASE);
  }

  @Test
  void aClearGainIsBetter() {
    SweepAnalysis analysis = tenSeeds().scores("l2", shifted(0.02)).analysis();

    assertThat(analysis.variants().get(0).verdict()).isEqualTo(Verdict.BASELINE);
    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.BETTER);
    // Deviation 0.001 * sqrt(10 / 9), half-width 2.262157 * that / sqrt(10) = 0.000754.
    PairedDifference difference = analysis.comparisons().get(0).validation();
    assertThat(difference.low()).isCloseTo(0.02 - 0.000754, within(1e-6));
    assertThat(difference.high()).isCloseTo(0.02 + 0.000754, within(1e-6));
  }

  @Test
  void aClearLossWithAFullTrainingScoreIsWorse() {
    assertThat(l2(tenSeeds().scores("l2", shifted(-0.02)).analysis()).verdict())
        .isEqualTo(Verdict.WORSE);
  }

  @Test
  void aClearLossInBothScoresUnderfits() {
    HandMade sweep = tenSeeds();
    double[] scores = shifted(-0.02);
    for (int seed = 0; seed < 10; seed++) {
      sweep.run("l2", seed, seed % 2 == 0 ? 0.96 : 0.97, scores[seed], scores[seed]);
    }

    assertThat(l2(sweep.analysis()).verdict()).isEqualTo(Verdict.UNDERFITS);
  }

  @Test
  void aLossThatTheLastEpochMadeGoodIsNotUnderfitting() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("slow", 0.01).l2("low", 0.1);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = seed % 2 == 0 ? 0.001 : -0.001;
      sweep.run("none", seed, 1, .90, .88);
      // 0.02 below at the best epoch, equal at the last one.
      sweep.run("slow", seed, .95 + jitter, .88 + jitter, .88 + jitter);
      sweep.run("low", seed, .95 + jitter, .88 + jitter, .86 + jitter);
    }

    assertThat(sweep.analysis().variants())
        .extracting(VariantSummary::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.WORSE, Verdict.UNDERFITS);
  }

  @Test
  void aSmallLossInBothScoresUnderfitsWithoutHolm() {
    // Validation: t = -3, p = 0.014956, times four comparisons 0.0598.
    HandMade sweep = tenSeeds().l2("l2b", 0.1);
    double unit = 0.01 / 3 * Math.sqrt(10.0) * Math.sqrt(0.9);
    for (String name : List.of("l2", "l2b")) {
      for (int seed = 0; seed < 10; seed++) {
        double score = BASE[seed] - 0.01 + (seed % 2 == 0 ? unit : -unit);
        sweep.run(name, seed, seed % 2 == 0 ? 0.96 : 0.97, score, score);
      }
    }
    SweepAnalysis analysis = sweep.analysis();

    assertThat(analysis.comparisons().get(0).validation().t()).isCloseTo(-3, within(1e-6));
    assertThat(analysis.comparisons().get(0).adjustedPValue()).isCloseTo(0.0598, within(1e-4));
    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.UNDERFITS);
  }

  @Test
  void noiseShowsNoDifference() {
    SweepAnalysis analysis = tenSeeds().scores("l2", shifted(0.0001)).analysis();

    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    // Standard error 0.001 / 3; two comparisons, so level 0.025: scipy's nct gives 3.601373 for
    // 0.8.
    assertThat(analysis.comparisons().get(0).smallestDetectable())
        .isCloseTo(3.601373 * 0.001 / 3, within(1e-6));
  }

  @Test
  void identicalRunsShowNoDifference() {
    SweepAnalysis analysis = tenSeeds().scores("l2", BASE).analysis();

    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(analysis.comparisons().get(0).adjustedPValue()).isEqualTo(1);
    assertThat(analysis.comparisons().get(0).wilcoxonPValue()).isEqualTo(1);
  }

  @Test
  void threeEqualGainsAreNotEnough() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 1)
            .scores("none", .90, .91, .92)
            .scores("l2", .91, .92, .93)
            .analysis();

    assertThat(analysis.comparisons().get(0).validation().standardDeviation()).isZero();
    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
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

    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(analysis.comparisons().get(0).validation().mean()).isCloseTo(0.055, within(1e-9));
    assertThat(analysis.comparisons().get(0).adjustedPValue()).isNaN();
  }

  @Test
  void overlappingSplitsAskForMore() {
    double[] variant = BASE.clone();
    double[] thousandths = {12, 4, 9, -2, 7, 11, 3, 6, 1, 8};
    for (int i = 0; i < 10; i++) {
      variant[i] += thousandths[i] / 1000;
    }
    Comparison fixed = tenSeeds().scores("l2", variant).analysis().comparisons().get(0);
    Comparison drawn =
        HandMade.splitPerSeed(10)
            .none()
            .l2("l2", 0.01)
            .scores("none", BASE)
            .scores("l2", variant)
            .analysis()
            .comparisons()
            .get(0);

    assertThat(fixed.test()).isEqualTo(PairedTest.PAIRED_T);
    assertThat(fixed.validation().t()).isCloseTo(4.208326, within(1e-6));
    assertThat(drawn.test()).isEqualTo(PairedTest.NADEAU_BENGIO);
    // rho = 300 / 1797 * 600 / 1797
    assertThat(drawn.ratio()).isCloseTo(0.059032, within(1e-6));
    // 4.208326 * sqrt(0.1 / 0.159032)
    assertThat(drawn.validation().t()).isCloseTo(3.337087, within(1e-5));
  }

  @Test
  void divergedRunsAreCountedAndNeverAveraged() {
    HandMade sweep = tenSeeds();
    double[] scores = shifted(0.02);
    for (int seed = 0; seed < 9; seed++) {
      sweep.score("l2", seed, scores[seed]);
    }
    SweepAnalysis analysis =
        sweep
            .ended("l2", 9, RunStatus.DIVERGED, "loss NaN at epoch 2", new HandMade.Scores(.5, .01))
            .analysis();

    assertThat(l2(analysis).counts()).isEqualTo(new RunCounts(10, 9, 1, 0, 0, 0, 0));
    assertThat(l2(analysis).best().get(Metric.VALIDATION_SCORE).n()).isEqualTo(9);
    assertThat(l2(analysis).best().get(Metric.VALIDATION_SCORE).mean()).isGreaterThan(0.9);
    assertThat(l2(analysis).runs().get(9).state()).isEqualTo(RunFate.DIVERGED);
    assertThat(l2(analysis).runs().get(9).reason()).isEqualTo("loss NaN at epoch 2");
    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.UNSTABLE);
    assertThat(analysis.comparisons().get(0).validation().seeds()).doesNotContain(9L);
    assertThat(analysis.warnings().get(0))
        .isEqualTo(new Warning.RunsLost(RunFate.DIVERGED, List.of(new Warning.Tally("l2", 1)), 20));
  }

  @Test
  void pairsThatAreMissingOnEitherSideAreLeftOut() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(5)
            .none()
            .l2("l2", 1)
            .score("none", 0, .90)
            .score("none", 1, .91)
            .score("none", 2, .92)
            .score("none", 4, .93)
            .score("l2", 1, .92)
            .score("l2", 2, .94)
            .score("l2", 3, .10)
            .score("l2", 4, .92)
            .analysis();

    PairedDifference difference = analysis.comparisons().get(0).validation();
    assertThat(difference.seeds()).containsExactly(1L, 2L, 4L);
    // 0.01, 0.02, -0.01
    assertThat(difference.mean()).isCloseTo(0.02 / 3, within(1e-9));
  }

  @Test
  void nothingRunFailedAndNoBaselineAreTold() {
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

    assertThat(analysis.variants())
        .extracting(VariantSummary::verdict)
        .containsExactly(
            Verdict.BASELINE, Verdict.ALL_FAILED, Verdict.NOT_RUN, Verdict.NO_BASELINE);
    assertThat(analysis.warnings()).contains(new Warning.BaselineLost("none"));
  }

  @Test
  void aBaselineThatTheExperimentDoesNotHoldIsTold() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3).l2("alone", 1).scores("alone", .9, .91, .92).analysis();

    assertThat(analysis.variants().get(0).verdict()).isEqualTo(Verdict.NO_BASELINE);
    assertThat(analysis.comparisons().get(0).baseline()).isEqualTo("none");
  }

  @Test
  void aLoneBaselineHasNothingToBeComparedWith() {
    SweepAnalysis analysis = HandMade.fixedSplit(3).none().scores("none", .9, .91, .92).analysis();

    assertThat(analysis.comparisons()).isEmpty();
  }

  @Test
  void noResultsAtAllAreNoError() {
    SweepAnalysis analysis = HandMade.fixedSplit(3).none().l2("l2", 1).analysis();

    assertThat(analysis.scoreName()).isEqualTo("score");
    assertThat(analysis.warnings().get(0))
        .isEqualTo(
            new Warning.RunsLost(
                RunFate.MISSING,
                List.of(new Warning.Tally("none", 3), new Warning.Tally("l2", 3)),
                6));
  }

  @Test
  void overfittingNeedsALargeGapAndALossThatRose() {
    HandMade sweep = HandMade.fixedSplit(3).none().l2("gap", 1).l2("both", 2).l2("rise", 3);
    for (int seed = 0; seed < 3; seed++) {
      double jitter = 0.001 * seed;
      sweep.run("none", seed, .935, .93 + jitter, .93 + jitter);
      sweep.run("gap", seed, 1, .93 + jitter, .93 + jitter);
      // The fixture's loss is one minus the score: 0.07 rises to 0.10.
      sweep.run("both", seed, 1, .93 + jitter, .90 + jitter);
      sweep.run("rise", seed, .905, .93 + jitter, .90 + jitter);
    }

    assertThat(sweep.analysis().variants())
        .extracting(VariantSummary::overfits)
        .containsExactly(false, false, true, false);
  }

  @Test
  void whatUnderfitsIsNotSaidToOverfit() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("collapsing", 1);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = 0.001 * (seed % 3);
      sweep.run("none", seed, 1, .93, .92);
      sweep.run("collapsing", seed, .60 + jitter, .50 + jitter, .40 + jitter);
    }

    assertThat(sweep.analysis().variants())
        .extracting(VariantSummary::verdict, VariantSummary::overfits)
        .containsExactly(tuple(Verdict.BASELINE, true), tuple(Verdict.UNDERFITS, false));
  }

  @Test
  void eachSettingHasItsOwnBaseline() {
    HandMade sweep =
        HandMade.fixedSplit(3)
            .variant("none", "wide", "{\"kind\": \"none\"}")
            .variant("none", "deep", "{\"kind\": \"none\"}")
            .lp("l2", "wide", 2, 1)
            .lp("l2", "deep", 2, 1)
            .scores("none-wide", .90, .91, .92)
            .scores("none-deep", .80, .81, .82)
            .scores("l2-wide", .90, .91, .92)
            .scores("l2-deep", .80, .81, .82);

    SweepAnalysis analysis = sweep.analysis();

    assertThat(analysis.comparisons())
        .extracting(Comparison::baseline)
        .containsExactly("none-wide", "none-wide", "none-deep", "none-deep");
    assertThat(analysis.comparisons()).allMatch(each -> each.validation().mean() == 0);
    assertThat(analysis.selections())
        .extracting(Selection::setting)
        .containsExactly("wide", "deep");
  }

  @Test
  void aVariantThatDiffersInMoreThanThePenaltyIsNamed() {
    Variant none = HandMade.fixedSplit(1).none().experiment().variants().get(0);
    Variant drawn = HandMade.splitPerSeed(1).l2("drawn", 1).experiment().variants().get(0);
    Variant l2 = HandMade.fixedSplit(1).l2("l2", 1).experiment().variants().get(0);
    Experiment experiment =
        new Experiment("mixed", "", List.of(0L), "none", List.of(none, drawn, l2));

    assertThat(SweepAnalysis.of(experiment, List.of()).warnings())
        .contains(new Warning.MoreThanThePenalty(List.of("drawn")));
  }

  @Test
  void theSameRunTwiceIsAnError() {
    HandMade sweep = HandMade.fixedSplit(1).none().scores("none", .9).scores("none", .8);

    assertThatThrownBy(sweep::analysis)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the results hold none seed 0 twice; allowed is one record per run");
  }
}

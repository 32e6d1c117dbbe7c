package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
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
    // Score and loss of either epoch are one and the same here, so being four costs nothing.
    assertThat(analysis.comparisons().get(0).score().low())
        .isCloseTo(0.02 - 0.000754, within(2e-5));
  }

  @Test
  void aClearLossWithAFullTrainingScoreIsWorse() {
    VariantSummary worse = l2(tenSeeds().scores("l2", shifted(-0.02)).analysis());

    assertThat(worse.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(worse.reason()).isNull();
  }

  @Test
  void aClearLossInBothScoresUnderfits() {
    HandMade sweep = tenSeeds();
    double[] scores = shifted(-0.02);
    for (int seed = 0; seed < 10; seed++) {
      sweep.run("l2", seed, seed % 2 == 0 ? 0.96 : 0.97, scores[seed], scores[seed]);
    }

    assertThat(l2(sweep.analysis()).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(l2(sweep.analysis()).reason()).isEqualTo(Reason.UNDERFITS);
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

    assertThat(sweep.analysis().comparisons())
        .extracting(Comparison::variant, Comparison::moment, Comparison::label)
        .containsExactly(
            tuple("slow", Moment.BEST_EPOCH, "worse, underfits"),
            tuple("slow", Moment.LAST_EPOCH, "no difference shown"),
            tuple("low", Moment.BEST_EPOCH, "worse, underfits"),
            tuple("low", Moment.LAST_EPOCH, "worse, underfits"));
  }

  /** Ten seeds whose mean is 3 standard errors below the baseline: p = 0.014956. */
  private static void threeErrorsBelow(HandMade sweep, String name, boolean[] up) {
    double unit = 0.01 / 3 * Math.sqrt(10.0) * Math.sqrt(0.9);
    for (int seed = 0; seed < 10; seed++) {
      sweep.score(name, seed, BASE[seed] - 0.01 + (up[seed] ? unit : -unit));
    }
  }

  @Test
  void twinsCostNothing() {
    HandMade sweep = tenSeeds();
    boolean[] up = {true, false, true, false, true, false, true, false, true, false};
    threeErrorsBelow(sweep, "l2", up);
    for (String name : List.of("b", "c", "d", "e", "f")) {
      threeErrorsBelow(sweep.l2(name, 0.1), name, up);
    }
    SweepAnalysis analysis = sweep.analysis();

    assertThat(analysis.comparisons().get(0).validation().t()).isCloseTo(-3, within(1e-6));
    assertThat(analysis.comparisons().get(0).score().adjustedPValue())
        .isCloseTo(0.014956, within(0.003));
    assertThat(analysis.variants().subList(1, 7))
        .extracting(VariantSummary::verdict)
        .containsOnly(Verdict.WORSE);
  }

  @Test
  void unrelatedVariantsCostWhatBonferroniSays() {
    HandMade sweep = tenSeeds();
    // Each pattern differs from each other in about half of the seeds.
    int[] patterns = {
      0b0101010101, 0b0011001111, 0b1111100000, 0b1001101001, 0b0110110010, 0b1010010110
    };
    for (int i = 0; i < patterns.length; i++) {
      boolean[] up = new boolean[10];
      for (int seed = 0; seed < 10; seed++) {
        up[seed] = (patterns[i] >> seed & 1) == 1;
      }
      if (i > 0) {
        sweep.l2("l2" + i, i);
      }
      threeErrorsBelow(sweep, i == 0 ? "l2" : "l2" + i, up);
    }
    SweepAnalysis analysis = sweep.analysis();

    // Alone each would be called at 0.05. Six at 0.015 each: between 5 and 9 %.
    assertThat(analysis.variants().subList(1, 7))
        .extracting(VariantSummary::verdict)
        .containsOnly(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(analysis.comparisons().get(0).score().adjustedPValue())
        .isBetween(0.05, 0.0897 * 1.25);
  }

  @Test
  void insideTheMarginIsEquivalentHoweverSureTheDifferenceIs() {
    Experiment.Judging margin = new Experiment.Judging(0.005, Claim.BEYOND_THESE_ROWS);
    HandMade sweep =
        tenSeeds()
            .l2("outside", 1)
            .l2("wide", 2)
            .scores("l2", shifted(0.003))
            .scores("outside", shifted(0.0045));
    for (int seed = 0; seed < 10; seed++) {
      sweep.score("wide", seed, BASE[seed] + (seed % 2 == 0 ? 0.02 : -0.02));
    }
    SweepAnalysis analysis =
        SweepAnalysis.of(sweep.experiment().withJudging(margin), sweep.records());

    // Half-width 0.000754: [0.0022, 0.0038], [0.0037, 0.0053] and about [-0.015, 0.015].
    assertThat(analysis.variants())
        .extracting(VariantSummary::verdict)
        .containsExactly(
            Verdict.BASELINE, Verdict.EQUIVALENT, Verdict.BETTER, Verdict.NO_DIFFERENCE_SHOWN);
  }

  @Test
  void whatEndsAtChanceHasCollapsed() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("l2", 1);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = seed % 2 == 0 ? 0.001 : -0.001;
      sweep.run("none", seed, 1, .90, .90);
      // A guess scores 0.1 in the fixture; 5 % of what the baseline gains over it is 0.04.
      sweep.run("l2", seed, .5 + jitter, .45 + jitter, .13 + jitter);
    }

    assertThat(l2(sweep.analysis()).reason()).isEqualTo(Reason.COLLAPSED);
  }

  @Test
  void theOtherClaimIsToldBeside() {
    HandMade sweep = HandMade.splitPerSeed(10).none().l2("l2", 1).scores("none", BASE);
    double[] gain = BASE.clone();
    double[] thousandths = {9, -3, 6, 1, 7, -2, 4, 8, -1, 6};
    for (int i = 0; i < 10; i++) {
      gain[i] += thousandths[i] / 1000;
    }
    sweep.scores("l2", gain);
    // Mean 0.0035, deviation 0.00438: t = 2.53 on these rows, p = 0.032; beyond them t is smaller.
    Comparison beyond = sweep.analysis().comparisons().get(0);
    Comparison here =
        SweepAnalysis.of(
                sweep
                    .experiment()
                    .withJudging(new Experiment.Judging(Double.NaN, Claim.THESE_ROWS)),
                sweep.records())
            .comparisons()
            .get(0);

    assertThat(beyond.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(beyond.otherClaim().verdict()).isEqualTo(Verdict.BETTER);
    assertThat(here.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(here.otherClaim().verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(here.ratio()).isZero();
  }

  @Test
  void theLastEpochClaimsWhatADecidedBestEpochLeaves() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("decided", 1).l2("open", 2);
    double[] pattern = {3, -1, -2, 2, -3, 1, 3, -2, -2, 1};
    double[] other = {-2, 3, 1, -3, 2, 2, -1, -3, 2, -1};
    for (int seed = 0; seed < 10; seed++) {
      sweep.run("none", seed, 1, .9, .8);
      // At the last epoch both gain 0.004 with a deviation of 0.0022: t = 5.6, p = 0.0003.
      sweep.run("decided", seed, 1, .95 + other[seed] / 1000, .804 + pattern[seed] / 1000);
      sweep.run("open", seed, 1, .9 + other[9 - seed] / 1000, .804 + pattern[9 - seed] / 1000);
    }
    List<Comparison> comparisons = sweep.analysis().comparisons();

    assertThat(comparisons.get(1).score().level())
        .isCloseTo(comparisons.get(0).score().level(), within(1e-12));
    assertThat(comparisons.get(3).score().level())
        .isCloseTo(comparisons.get(2).score().level() / 6, within(1e-12));
    assertThat(comparisons.get(1).score().high() - comparisons.get(1).score().low())
        .isLessThan(comparisons.get(3).score().high() - comparisons.get(3).score().low());
  }

  @Test
  void theLossIsComparedTooAndSmallerIsBetter() {
    // The fixture's loss is one minus the score.
    Comparison comparison = tenSeeds().scores("l2", shifted(0.02)).analysis().comparisons().get(0);

    assertThat(comparison.loss().mean()).isCloseTo(-0.02, within(1e-9));
    assertThat(comparison.loss().verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void noiseShowsNoDifference() {
    SweepAnalysis analysis = tenSeeds().scores("l2", shifted(0.0001)).analysis();

    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    // Standard error 0.001 / 3, level 0.05: scipy's nct gives 3.149636 for 0.8.
    assertThat(analysis.comparisons().get(0).score().detectable())
        .isCloseTo(3.149636 * 0.001 / 3, within(3e-5));
  }

  @Test
  void identicalRunsShowNoDifference() {
    SweepAnalysis analysis = tenSeeds().scores("l2", BASE).analysis();

    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(analysis.comparisons().get(0).score().adjustedPValue()).isEqualTo(1);
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
    assertThat(analysis.comparisons().get(0).score().adjustedPValue()).isNaN();
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

    assertThat(fixed.layout()).isEqualTo(Layout.ONE_SPLIT);
    assertThat(fixed.validation().t()).isCloseTo(4.208326, within(1e-6));
    assertThat(drawn.layout()).isEqualTo(Layout.ONE_POOL);
    // rho = 600 / 1797 * 300 / (1797 - 600 / 2)
    assertThat(drawn.ratio()).isCloseTo(0.071710, within(1e-6));
    // 4.208326 * sqrt(0.1 / 0.171710)
    assertThat(drawn.validation().t()).isCloseTo(3.211527, within(1e-5));
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
    assertThat(l2(analysis).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(l2(analysis).reason()).isEqualTo(Reason.UNSTABLE);
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
        .extracting(VariantSummary::label, VariantSummary::overfits)
        .containsExactly(tuple("baseline", true), tuple("worse, underfits", false));
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

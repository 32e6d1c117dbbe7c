package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.RunStatus;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static double[] around(double middle) {
    return new double[] {middle - 0.01, middle, middle + 0.01};
  }

  /** Four seeds that differ among themselves by much more than variants do. */
  private static double[] plus(double... differences) {
    double[] scores = {.90, .91, .92, .93};
    for (int i = 0; i < scores.length; i++) {
      scores[i] += differences[i];
    }
    return scores;
  }

  /**
   * Differences of that mean. Squares around it: 2.25, 0.25, 0.25 and 2.25 times 1e-4, so the
   * standard deviation is sqrt(5e-4 / 3) = 0.0129099, and the standard error of four 0.0064550.
   */
  private static double[] noisy(double mean) {
    return plus(mean - .015, mean + .005, mean - .005, mean + .015);
  }

  private static double[] plain(double difference) {
    return plus(difference, difference, difference, difference);
  }

  private static FamilyChoice family(HandMade sweep) {
    return sweep.analysis().selections().get(0).families().get(0);
  }

  @Test
  void theStrongestWithinOneStandardErrorOfItsOwnDifferenceToTheBest() {
    Selection selection =
        HandMade.fixedSplit(4)
            .none()
            .l2("weak", 0.001)
            .l2("best", 0.01)
            .l2("within", 0.1)
            .l2("beyond", 1)
            .scores("none", plain(-.02))
            .scores("weak", plain(-.01))
            .scores("best", plain(0))
            .scores("within", noisy(-.005))
            // The same mean, with a standard error of sqrt(2e-6 / 3) / 2 = 0.00041.
            .scores("beyond", plus(-.006, -.005, -.005, -.004))
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.best()).isEqualTo("best");
    FamilyChoice family = selection.families().get(0);
    assertThat(family.family()).isEqualTo("L2 weights");
    assertThat(family.tried()).containsExactly(0.001, 0.01, 0.1, 1.0);
    assertThat(family.best()).isEqualTo("best");
    assertThat(family.bestIsLargest()).isFalse();
    assertThat(family.strongest()).isEqualTo("within");
    assertThat(family.strongestDifference().mean()).isCloseTo(-.005, within(1e-9));
    assertThat(family.strongestDifference().standardError()).isCloseTo(.0064550, within(1e-7));
    assertThat(family.edge()).isNull();
  }

  @Test
  void theErrorCountsTheOverlapOfSplits() {
    // With the ratio 0.071710 it is 0.0129099 * sqrt(1 / 4 + 0.071710) = 0.0073224.
    assertThat(family(twoStrengths(HandMade.fixedSplit(4), noisy(-.007))).strongest())
        .isEqualTo("best");
    assertThat(family(twoStrengths(HandMade.splitPerSeed(4), noisy(-.007))).strongest())
        .isEqualTo("strong");
  }

  /** None at -0.02, the weaker at 0, the stronger as given. */
  private static HandMade twoStrengths(HandMade sweep, double[] strong) {
    return sweep
        .none()
        .l2("best", 0.01)
        .l2("strong", 0.1)
        .scores("none", plain(-.02))
        .scores("best", plain(0))
        .scores("strong", strong);
  }

  private static void tested(HandMade sweep, String variant, double validation, double... test) {
    for (int seed = 0; seed < test.length; seed++) {
      HandMade.Scores scores = new HandMade.Scores(1, validation);
      sweep.record(variant, seed, RunStatus.COMPLETED, "", List.of(scores, scores), test[seed]);
    }
  }

  private static Selection chosenByValidation(HandMade sweep) {
    sweep.none().l2("chosen", 1).l2("unread", 2);
    tested(sweep, "none", .90, .80, .80, .80, .80);
    // Differences 0.02, 0, 0.01, -0.01: mean 0.005, standard deviation 0.0129099 as above.
    tested(sweep, "chosen", .92, .82, .80, .81, .79);
    tested(sweep, "unread", .91, .99, .99, .99, .99);
    return sweep.analysis().selections().get(0);
  }

  @Test
  void theWinnerIsComparedWithTheBaselineOnTest() {
    Selection selection = chosenByValidation(HandMade.fixedSplit(4));

    assertThat(selection.best()).isEqualTo("chosen");
    assertThat(selection.baseline()).isEqualTo("none");
    assertThat(selection.testScore().mean()).isCloseTo(.805, within(1e-9));
    PairedDifference difference = Objects.requireNonNull(selection.testDifference());
    assertThat(difference.mean()).isCloseTo(.005, within(1e-9));
    // scipy.stats.t.ppf(0.975, 3) = 3.182446; times 0.0064550 = 0.0205426.
    assertThat(difference.low()).isCloseTo(.005 - .0205426, within(1e-7));
    assertThat(difference.high()).isCloseTo(.005 + .0205426, within(1e-7));
  }

  @Test
  void testPartsOfTheSamePoolOverlapByTheirOwnSize() {
    // 897 of 1797 rows: rho = 897 / 1797 * 300 / (1797 - 897 / 2) = 0.111049; ratio 0.124921.
    // 0.0129099 * sqrt(1 / 4 + 0.124921) * 3.182446 = 0.0251567
    PairedDifference difference =
        Objects.requireNonNull(chosenByValidation(HandMade.splitPerSeed(4)).testDifference());
    assertThat(difference.low()).isCloseTo(.005 - .0251567, within(1e-6));
    assertThat(difference.high()).isCloseTo(.005 + .0251567, within(1e-6));
  }

  @Test
  void theBaselineIsNotComparedWithItself() {
    Selection selection =
        HandMade.fixedSplit(3).none().scores("none", around(.9)).analysis().selections().get(0);

    // The fixture's test score is the best validation score minus 0.01.
    assertThat(selection.testScore().mean()).isCloseTo(0.89, within(1e-9));
    assertThat(selection.testDifference()).isNull();
  }

  @Test
  void aTestScoreThatIsNotThereIsNotANumberAndNotAnError() {
    HandMade sweep = HandMade.fixedSplit(1).none();
    sweep.record(
        "none",
        0,
        RunStatus.COMPLETED,
        "",
        List.of(new HandMade.Scores(1, .9), new HandMade.Scores(1, .9)),
        Double.NaN);

    Selection selection = sweep.analysis().selections().get(0);

    assertThat(selection.testScore().n()).isZero();
    assertThat(selection.testDifference()).isNull();
    assertThat(selection.validationScore().mean()).isEqualTo(.9);
  }

  @Test
  void theLargestStrengthIsAnEdgeWhereItStillGainsAndTheGridIsContinued() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.001)
            .l2("strong", 0.01)
            .scores("none", around(.90))
            .scores("weak", around(.91))
            .scores("strong", around(.92))
            .analysis();

    GridEdge edge = new GridEdge(GridEdge.Reason.GAINS_AT_LARGEST, List.of(0.1, 1.0));
    assertThat(analysis.selections().get(0).families().get(0).edge()).isEqualTo(edge);
    assertThat(analysis.warnings())
        .containsExactly(new Warning.BestAtEdge("", "strong", "L2 weights", edge));
  }

  @Test
  void aLargestStrengthThatIsAheadByLessThanTheErrorIsNoEdge() {
    // 0.02 is less than the interval's half width 0.0064550 * 3.182446 = 0.0205, 0.021 is more.
    assertThat(family(twoStrengths(HandMade.fixedSplit(4), noisy(.021))).edge()).isNotNull();
    SweepAnalysis analysis = twoStrengths(HandMade.fixedSplit(4), noisy(.02)).analysis();

    FamilyChoice family = analysis.selections().get(0).families().get(0);
    assertThat(family.best()).isEqualTo("strong");
    assertThat(family.bestIsLargest()).isTrue();
    assertThat(family.edge()).isNull();
    assertThat(analysis.warnings()).isEmpty();
  }

  @Test
  void theSmallestStrengthIsAnEdgeTooWhereItDiffersFromNoPenalty() {
    GridEdge edge = new GridEdge(GridEdge.Reason.GAINS_AT_SMALLEST, List.of(0.000125, 0.0005));
    assertThat(family(smallestIsBest(.90, around(.92))).edge()).isEqualTo(edge);
    // All that was tried is too strong.
    assertThat(family(smallestIsBest(.93, around(.92))).edge()).isEqualTo(edge);
  }

  @Test
  void theSmallestStrengthIsNoEdgeWhereItDoesWhatNoPenaltyDoes() {
    // Differences to none -0.01, 0.005, 0.011: mean 0.002, standard error 0.0062450 by
    // sqrt((0.012^2 + 0.003^2 + 0.009^2) / 2 / 3). To the neighbour 0.03 more.
    assertThat(family(smallestIsBest(.92, new double[] {.90, .925, .941})).edge()).isNull();
  }

  private static HandMade smallestIsBest(double none, double[] weak) {
    return HandMade.fixedSplit(3)
        .none()
        .l2("weak", 0.002)
        .l2("strong", 0.008)
        .scores("none", around(none))
        .scores("weak", weak)
        .scores("strong", around(.89));
  }

  @Test
  void whereNothingIsUnpenalizedTheNeighbourAloneDecides() {
    assertThat(
            family(
                    HandMade.fixedSplit(3)
                        .l2("weak", 0.002)
                        .l2("strong", 0.008)
                        .scores("weak", around(.92))
                        .scores("strong", around(.91)))
                .edge())
        .isEqualTo(new GridEdge(GridEdge.Reason.GAINS_AT_SMALLEST, List.of(0.000125, 0.0005)));
  }

  @Test
  void aFamilyWhoseLargestStrengthDoesNothingIsContinued() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(4)
            .none()
            .l2("weak", 0.001)
            .l2("strong", 0.01)
            .scores("none", plain(0))
            .scores("weak", noisy(.002))
            // 0.001 on average, with the weak one's noise turned round.
            .scores("strong", plus(.016, -.004, .006, -.014))
            .analysis();

    FamilyChoice family = analysis.selections().get(0).families().get(0);
    assertThat(family.best()).isEqualTo("weak");
    assertThat(family.edge())
        .isEqualTo(new GridEdge(GridEdge.Reason.IDLE_AT_LARGEST, List.of(0.1, 1.0)));
    // The best itself is not at an edge.
    assertThat(analysis.warnings()).isEmpty();
  }

  @Test
  void aLargestStrengthThatHasLostWhatAWeakerOneGainedIsNotIdle() {
    assertThat(
            family(
                    HandMade.fixedSplit(4)
                        .none()
                        .l2("weak", 0.001)
                        .l2("middle", 0.01)
                        .l2("strong", 0.1)
                        .scores("none", plain(0))
                        .scores("weak", plain(.01))
                        .scores("middle", plain(.02))
                        .scores("strong", noisy(.001)))
                .edge())
        .isNull();
  }

  @Test
  void oneStrengthAloneIsNothingToChooseFrom() {
    Selection selection =
        HandMade.fixedSplit(3)
            .none()
            .l2("only", 0.002)
            .scores("none", around(.90))
            .scores("only", around(.92))
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.best()).isEqualTo("only");
    assertThat(selection.families()).isEmpty();
  }

  @Test
  void aVariantWithDivergedRunsIsNotChosen() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("lucky", 1)
            .scores("none", around(.90))
            .score("lucky", 0, .99)
            .score("lucky", 1, .99)
            .ended("lucky", 2, RunStatus.DIVERGED, "loss NaN")
            .analysis();

    assertThat(analysis.selections().get(0).best()).isEqualTo("none");
    assertThat(analysis.selections().get(0).notCandidates()).containsExactly("lucky");
  }

  @Test
  void aVariantThatHasSeenOnlyTheEasySeedsIsNotChosen() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(4)
            .none()
            .l2("begun", 1)
            .scores("none", .80, .81, .82, .99)
            .score("begun", 3, .98)
            .analysis();

    assertThat(analysis.selections().get(0).best()).isEqualTo("none");
    assertThat(analysis.selections().get(0).notCandidates()).containsExactly("begun");
  }

  @Test
  void candidatesAreRankedOnTheSeedsThatAllCompleted() {
    // Without seed 0, "part" would win: it is 0.01 below "none" on each seed that it shares.
    Selection selection =
        HandMade.fixedSplit(4)
            .none()
            .l2("part", 1)
            .scores("none", .50, .91, .92, .93)
            .score("part", 1, .90)
            .score("part", 2, .91)
            .score("part", 3, .92)
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.seeds()).containsExactly(1L, 2L, 3L);
    assertThat(selection.best()).isEqualTo("none");
    assertThat(selection.validationScore().mean()).isCloseTo(0.92, within(1e-9));
  }

  @Test
  void theFirstOfEqualsIsBestAndTheOthersAreNamed() {
    Selection selection =
        HandMade.fixedSplit(3)
            .l2("lower", 2)
            .none()
            .l2("same", 1)
            .l2("otherwise", 3)
            .scores("lower", .6, .65, .69)
            .scores("none", .6, .65, .7)
            .scores("same", .6, .65, .7)
            // Summed in this order the last bit differs.
            .scores("otherwise", .7, .65, .6)
            .analysis()
            .selections()
            .get(0);

    assertThat(.6 + .65 + .7).isNotEqualTo(.7 + .65 + .6);
    assertThat(selection.best()).isEqualTo("none");
    assertThat(selection.ties()).containsExactly("same", "otherwise");
  }

  @Test
  void curvesStartAtTheAnchorAndKeepNormsOfOtherPApart() {
    List<FamilyCurve> curves =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2-strong", 0.1)
            .l2("l2-weak", 0.01)
            .lp("l1", "", 1, 0.001)
            .l2("unseen", 1)
            .scores("none", around(.90))
            .scores("l2-strong", around(.91))
            .scores("l2-weak", around(.92))
            .scores("l1", around(.93))
            .analysis()
            .curves();

    assertThat(curves).extracting(FamilyCurve::family).containsExactly("L2 weights", "L1 weights");
    assertThat(curves.get(0).points())
        .extracting(CurvePoint::variant)
        .containsExactly("none", "l2-weak", "l2-strong");
    assertThat(curves.get(0).points().get(0).anchor()).isTrue();
    // The fixture's norm after two epochs is 3.
    assertThat(curves.get(0).points().get(0).norm().mean()).isEqualTo(3);
    assertThat(curves.get(1).points().get(0).norm().n()).isZero();
    assertThat(curves.get(1).points().get(1).norm().mean()).isEqualTo(3);
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

  /** Standard error of a, a + d, a + 2d is d / sqrt(3). */
  private static double[] around(double middle) {
    return new double[] {middle - 0.01, middle, middle + 0.01};
  }

  @Test
  void theStrongestWithinOneStandardErrorOfTheBest() {
    Selection selection =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.001)
            .l2("best", 0.01)
            .l2("within", 0.1)
            .l2("beyond", 1)
            .scores("none", around(.900))
            .scores("weak", around(.905))
            .scores("best", around(.910))
            // One standard error is 0.00577.
            .scores("within", around(.9045))
            .scores("beyond", around(.9035))
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.best()).isEqualTo("best");
    FamilyChoice family = selection.families().get(0);
    assertThat(family.family()).isEqualTo("L2 weights");
    assertThat(family.best()).isEqualTo("best");
    assertThat(family.strongest()).isEqualTo("within");
    assertThat(family.edge()).isNull();
  }

  @Test
  void winnersTestScoreAndItsShrinkage() {
    // The fixture's test score is the best validation score minus 0.01.
    Selection selection =
        HandMade.fixedSplit(3).none().scores("none", around(.9)).analysis().selections().get(0);

    assertThat(selection.testScore().mean()).isCloseTo(0.89, within(1e-9));
    assertThat(selection.shrinkage()).isCloseTo(0.01, within(1e-9));
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
    assertThat(selection.shrinkage()).isNaN();
    assertThat(selection.validationScore().mean()).isEqualTo(.9);
  }

  @Test
  void theLargestStrengthIsAnEdgeAndTheGridIsContinued() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.001)
            .l2("strong", 0.01)
            .scores("none", around(.90))
            .scores("weak", around(.91))
            .scores("strong", around(.92))
            .analysis();

    assertThat(analysis.selections().get(0).families().get(0).edge())
        .isEqualTo(new GridEdge(true, List.of(0.001, 0.01), List.of(0.1, 1.0)));
    assertThat(analysis.warnings())
        .containsExactly(
            new Warning.BestAtEdge(
                "",
                "strong",
                "L2 weights",
                new GridEdge(true, List.of(0.001, 0.01), List.of(0.1, 1.0))));
  }

  @Test
  void theSmallestStrengthIsAnEdgeToo() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.002)
            .l2("strong", 0.008)
            .scores("none", around(.90))
            .scores("weak", around(.92))
            .scores("strong", around(.91))
            .analysis();

    assertThat(analysis.selections().get(0).families().get(0).edge())
        .isEqualTo(new GridEdge(false, List.of(0.002, 0.008), List.of(0.000125, 0.0005)));
  }

  @Test
  void oneStrengthAloneHasNoEdge() {
    Selection selection =
        HandMade.fixedSplit(3)
            .none()
            .l2("only", 0.002)
            .scores("none", around(.90))
            .scores("only", around(.92))
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.families().get(0).edge()).isNull();
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
  void theFirstOfEqualsIsBest() {
    Selection selection =
        HandMade.fixedSplit(3)
            .none()
            .l2("same", 1)
            .scores("none", around(.90))
            .scores("same", around(.90))
            .analysis()
            .selections()
            .get(0);

    assertThat(selection.best()).isEqualTo("none");
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

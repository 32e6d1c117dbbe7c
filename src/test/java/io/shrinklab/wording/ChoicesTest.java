package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {

  private static double[] around(double middle) {
    return new double[] {middle - 0.01, middle, middle + 0.01};
  }

  @Test
  void theWinnerThenEachFamily() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.001)
            .l2("strong", 0.01)
            .lp("l1-weak", "", 1, 0.01)
            .lp("l1-strong", "", 1, 0.1)
            .scores("none", around(.90))
            .scores("weak", around(.92))
            .scores("strong", around(.915))
            .scores("l1-weak", around(.90))
            .scores("l1-strong", around(.91))
            .analysis();

    assertThat(Choices.of(analysis))
        .containsExactly(
            "Validation chooses weak: accuracy 0.9200 there, 0.9100 on the test rows: +0.0200"
                + " [+0.0200, +0.0200] against none there, by 3 pairs (95 % interval).",
            "L2 weights: best is weak (0.9200), and no stronger penalty is within one standard"
                + " error of it. The score still rises towards the smallest strength by more than"
                + " its error; 1e-05 and 1e-04 would continue the grid.",
            "L1 weights: best is l1-strong (0.9100), the largest strength tried. The score still"
                + " rises towards the largest strength by more than its error; 1e+00 and 1e+01"
                + " would continue the grid.");
  }

  @Test
  void theStrongestIsToldWithTheErrorOfItsDifference() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .l2("weak", 0.001)
            .l2("strong", 0.01)
            .scores("none", around(.90))
            .scores("weak", around(.92))
            // Differences -0.01, 0 and 0.004: mean -0.002, standard error 0.0041633 by
            // sqrt((0.008^2 + 0.002^2 + 0.006^2) / 2 / 3).
            .scores("strong", .90, .92, .934)
            .analysis();

    assertThat(Choices.of(analysis).get(1))
        .isEqualTo(
            "L2 weights: best is weak (0.9200), the strongest penalty within one standard error of"
                + " it is strong (-0.0020, standard error 0.0042).");
  }

  @Test
  void aFamilyThatDoesNothingIsSaidToDoNothing() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .lp("weak", "", 3, 0.001)
            .lp("strong", "", 3, 0.01)
            .scores("none", around(.90))
            .scores("weak", around(.90))
            .scores("strong", around(.90))
            .analysis();

    assertThat(Choices.of(analysis))
        .containsExactly(
            "Validation chooses none: accuracy 0.9000 there, 0.8900 on the test rows. As high on"
                + " validation are weak and strong; of equals the first in the file is taken.",
            "L3 weights: best is weak (0.9000), the strongest penalty within one standard error of"
                + " it is strong (0.0000, standard error 0.0000). Even the largest strength makes"
                + " no difference beyond its error to no penalty; 1e-01 and 1e+00 would continue"
                + " the grid.");
  }

  @Test
  void twoSeedsGiveADifferenceWithoutAnInterval() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(2)
            .none()
            .l2("only", 0.01)
            .l2("equal", 0.02)
            .scores("none", .90, .91)
            .scores("only", .92, .93)
            .scores("equal", .92, .93)
            .analysis();

    assertThat(Choices.of(analysis).get(0))
        .isEqualTo(
            "Validation chooses only: accuracy 0.9250 there, 0.9150 on the test rows: +0.0200"
                + " against none there, by 2 pairs. As high on validation is equal; of equals the"
                + " first in the file is taken.");
  }

  @Test
  void aTestScoreThatIsNotThereIsSaidToBeMissing() {
    HandMade sweep = HandMade.fixedSplit(1).none();
    sweep.record(
        "none",
        0,
        RunStatus.COMPLETED,
        "",
        List.of(new HandMade.Scores(1, .9), new HandMade.Scores(1, .9)),
        Double.NaN);

    assertThat(Choices.of(sweep.analysis()))
        .containsExactly(
            "Validation chooses none: accuracy 0.9000 there; its test score was not measured.");
  }
}

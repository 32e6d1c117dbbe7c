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
            "Validation chooses weak: accuracy 0.9200 there, 0.9100 on the test rows: 0.0100 less.",
            "L2 weights: best is weak (0.9200), the strongest penalty within one standard error of"
                + " it is strong (0.9150). The best is the smallest strength tried; 1e-05 and 1e-04"
                + " would continue the grid.",
            "L1 weights: best is l1-strong (0.9100), and no stronger penalty is within one standard"
                + " error of it. The best is the largest strength tried; 1e+00 and 1e+01 would"
                + " continue the grid.");
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

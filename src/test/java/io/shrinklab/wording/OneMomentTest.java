package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.SweepAnalysis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where every run's best epoch is its last, there is one comparison and not two. */
class OneMomentTest {
  private static final double[] BASE = {0.80, 0.81, 0.79, 0.82, 0.80, 0.81};
  private static final double[] GAIN = {0.012, 0.004, 0.009, -0.002, 0.007, 0.011};

  /** A sweep whose validation score rises to the end, but for one run if asked. */
  private static HandMade rising(boolean oneFalls, String training) {
    HandMade sweep = HandMade.fixedSplit(BASE.length).training(training).none().l2("l2", 0.01);
    for (int seed = 0; seed < BASE.length; seed++) {
      double end = BASE[seed] + GAIN[seed];
      sweep.run("none", seed, 1, BASE[seed] - 0.1, BASE[seed]);
      sweep.run("l2", seed, 1, oneFalls && seed == 0 ? end + 0.001 : end - 0.1, end);
    }
    return sweep;
  }

  private static String all(SweepAnalysis analysis) {
    return String.join(" ", Answer.of(analysis)) + String.join(" ", Verdicts.rule(analysis));
  }

  /**
   * Score and loss of one variant, with claims of 1 and 1/24: the loss is the score's mirror here,
   * so the score's adjusted p lies between its own and 25/24 of it.
   */
  @Test
  void theSameNumbersAreTestedOnce() {
    SweepAnalysis analysis = rising(false, "{'epochs': 2}").analysis();
    assertThat(analysis.moments()).containsExactly(Moment.LAST_EPOCH);
    Comparison best = analysis.comparisons().get(0);
    Comparison last = analysis.comparisons().get(1);
    assertThat(List.of(best.moment(), last.moment()))
        .containsExactly(Moment.BEST_EPOCH, Moment.LAST_EPOCH);
    assertThat(last.score()).isEqualTo(best.score());
    assertThat(last.holmPValue())
        .isEqualTo(best.holmPValue())
        .isEqualTo(best.score().difference().pValue());
    assertThat(best.score().adjustedPValue())
        .isBetween(
            best.score().difference().pValue(),
            best.score().difference().pValue() * 25 / 24 + 1e-12);
    String said = all(analysis);
    assertThat(said)
        .contains("Every run's best epoch is its last, so the two are one comparison.")
        .contains("all 2 intervals of score and loss, at the last epoch, hold together")
        .contains("the score has 96 % of the error")
        .doesNotContain("At the best epoch")
        .doesNotContain("the best epoch's score");
  }

  @Test
  void oneRunThatWasBetterBeforeItsEndMakesTwo() {
    SweepAnalysis analysis = rising(true, "{'epochs': 2}").analysis();
    assertThat(analysis.moments()).containsExactly(Moment.BEST_EPOCH, Moment.LAST_EPOCH);
    Comparison best = analysis.comparisons().get(0);
    assertThat(analysis.comparisons().get(1).score()).isNotEqualTo(best.score());
    // Holm's adjustment over two scores doubles the smaller p value.
    Comparison last = analysis.comparisons().get(1);
    assertThat(Math.min(best.holmPValue(), last.holmPValue()))
        .isCloseTo(
            2 * Math.min(best.score().difference().pValue(), last.score().difference().pValue()),
            within(1e-12));
    assertThat(all(analysis)).contains("all 4 intervals").doesNotContain("one comparison");
  }

  @Test
  void whereTheLastEpochIsSelectedNothingIsSaidOfABestOne() {
    SweepAnalysis analysis = rising(false, "{'epochs': 2, 'selection': 'last'}").analysis();
    assertThat(all(analysis))
        .contains(
            "Runs are judged at their last epoch, as the experiment has it, and tested there.")
        .doesNotContain("best epoch");
  }
}

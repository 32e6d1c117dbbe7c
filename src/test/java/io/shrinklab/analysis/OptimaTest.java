package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.testing.ARun;
import io.shrinklab.wording.Notes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimaTest {
  /** Runs of ten epochs; the first epoch is the best where it is asked for. */
  private static List<RunRecord> runs(String training, boolean bestFirst, double... violations) {
    HandMade sweep = HandMade.fixedSplit(violations.length).training(training).none();
    List<RunRecord> records = new ArrayList<>();
    HandMade.Scores[] epochs = new HandMade.Scores[10];
    for (int i = 0; i < epochs.length; i++) {
      epochs[i] = new HandMade.Scores(1, bestFirst ? 0.9 - i / 100.0 : 0.8 + i / 100.0);
    }
    for (int seed = 0; seed < violations.length; seed++) {
      sweep.ended("none", seed, RunStatus.COMPLETED, "", epochs);
    }
    for (int seed = 0; seed < violations.length; seed++) {
      records.add(
          ARun.like(sweep.records().get(seed)).optimalityViolation(violations[seed]).record());
    }
    return records;
  }

  @Test
  void fitsOffTheirOptimumAreToldByVariant() {
    List<Warning> warnings = Optima.of(runs("{'epochs': 10}", false, 0.03, 1e-6, 2e-6, Double.NaN));
    Warning.NotConverged expected =
        new Warning.NotConverged(List.of(new Warning.Tally("none", 2)), 3, 0.03, 1e-6);
    assertThat(warnings).containsExactly(expected);
    assertThat(Notes.of(warnings).get(0))
        .startsWith(
            "2 of 3 linear fits on full batches have not converged: none (2). They violate the"
                + " optimality condition by up to 3.0e-02, where 1e-06 is asked for");
    assertThat(Optima.of(runs("{'epochs': 10, 'tolerance': 0.1}", false, 0.03, 1e-6))).isEmpty();
    assertThat(Optima.of(runs("{'epochs': 10}", false, Double.NaN, Double.NaN))).isEmpty();
  }

  /** The best epoch is 1 of 10; of runs that are judged at the last, or stop early, nothing. */
  @Test
  void fitsThatAreJudgedLongBeforeTheirEndAreTold() {
    List<Warning> warnings = Optima.of(runs("{'epochs': 10}", true, 1e-7, 1e-7));
    assertThat(warnings).containsExactly(new Warning.JudgedEarly(1, 10));
    assertThat(Notes.of(warnings))
        .containsExactly(
            "Linear fits on full batches are judged at their best epoch, 1 of 10 on average: as"
                + " stopped early, not at the optima of their penalties. For those: \"training\":"
                + " {\"selection\": \"last\"}.");
    assertThat(Optima.of(runs("{'epochs': 10, 'selection': 'last'}", true, 1e-7))).isEmpty();
    assertThat(Optima.of(runs("{'epochs': 10, 'earlyStopping': {'patience': 3}}", true, 1e-7)))
        .isEmpty();
  }

  @Test
  void whatEndedAtItsOptimumIsNoRunCutShort() {
    String until = "{'epochs': 30, 'until': 'converged'}";
    assertThat(Cuts.of(runs(until, false, 1e-7, 1e-6)))
        .containsExactly(
            new Warning.RunsCut(
                Warning.Cut.CONVERGED, List.of(new Warning.Tally("none", 2)), 2, 10, 10, 40, 60));
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunStatus;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutsTest {

  @Test
  void runsThatEndedBeforeTheirLastEpochAreToldByVariant() {
    // Every variant plans two epochs.
    HandMade sweep =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 0.01)
            .scores("none", 0.9, 0.91, 0.92)
            .ended("l2", 0, RunStatus.COMPLETED, "stopped early", new HandMade.Scores(1, 0.9))
            .ended("l2", 1, RunStatus.COMPLETED, "stopped early", new HandMade.Scores(1, 0.8))
            .score("l2", 2, 0.9);
    assertThat(Cuts.of(sweep.records()))
        .containsExactly(
            new Warning.RunsCut(
                Warning.Cut.PATIENCE, List.of(new Warning.Tally("l2", 2)), 6, 1, 1, 2, 12),
            new Warning.MomentsOfCutRuns());
  }

  /** Six runs of ten epochs; the bar is 0.75 after the third. */
  @Test
  void stoppedAndPrunedRunsAreToldApartByTheBar() {
    HandMade sweep =
        HandMade.fixedSplit(3)
            .training("{'epochs': 10, 'pruning': {'afterEpochs': 3, 'minimumScore': 0.75}}")
            .none()
            .l2("weak", 0.01)
            .scores("none", 0.9, 0.9)
            .ended("none", 2, RunStatus.COMPLETED, "stopped early", epochs(7, 0.8))
            .ended("weak", 0, RunStatus.COMPLETED, "stopped early", epochs(3, 0.75))
            .ended("weak", 1, RunStatus.COMPLETED, "pruned", epochs(3, Math.nextDown(0.75)))
            .ended("weak", 2, RunStatus.COMPLETED, "stopped early", epochs(2, 0.5));
    // HandMade's own scores are of two epochs: these two runs count as cut as well.
    // 6 * 10 epochs planned; stopped ran 2 + 2 + 7 + 3 + 2 of 50, pruned 3 of 10.
    assertThat(Cuts.of(sweep.records()).subList(0, 2))
        .containsExactly(
            new Warning.RunsCut(
                Warning.Cut.PATIENCE,
                List.of(new Warning.Tally("none", 3), new Warning.Tally("weak", 2)),
                6,
                2,
                7,
                34,
                60),
            new Warning.RunsCut(
                Warning.Cut.PRUNING, List.of(new Warning.Tally("weak", 1)), 6, 3, 3, 7, 60));
  }

  private static HandMade.Scores[] epochs(int count, double validation) {
    return Collections.nCopies(count, new HandMade.Scores(1, validation))
        .toArray(HandMade.Scores[]::new);
  }

  @Test
  void aSweepWithoutCutsHasNothingToTell() {
    assertThat(Cuts.of(HandMade.fixedSplit(2).none().scores("none", 0.9, 0.8).records())).isEmpty();
  }

  @Test
  void aDivergedRunIsNoCut() {
    HandMade sweep =
        HandMade.fixedSplit(1)
            .none()
            .ended("none", 0, RunStatus.DIVERGED, "NaN", new HandMade.Scores(1, 0.9));
    assertThat(Cuts.of(sweep.records())).isEmpty();
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunStatus;
import java.util.Collections;
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
            "2 of 6 runs were stopped early, out of patience, after 1 epoch: l2 (2). That left out 2"
                + " of the 12 epochs planned.",
            "Of runs that were cut short, the best epoch is the best until then, and the last epoch"
                + " is the one they ended at; what they would have reached is not known.");
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
            "5 of 6 runs were stopped early, out of patience, after 2 to 7 epochs: none (3), weak"
                + " (2). That left out 34 of the 60 epochs planned.",
            "1 of 6 runs was pruned as hopeless, after 3 epochs: weak (1). That left out 7 of the 60"
                + " epochs planned.");
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

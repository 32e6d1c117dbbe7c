package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunStatus;
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
            "2 of 6 runs were stopped early, out of patience, after 1 epoch: l2 (2). Their last"
                + " epoch is the one they ended at.");
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

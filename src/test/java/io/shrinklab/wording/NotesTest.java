package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.GridEdge;
import io.shrinklab.analysis.RunFate;
import io.shrinklab.analysis.Warning;
import io.shrinklab.analysis.Warning.Tally;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotesTest {
  private static final GridEdge LARGEST =
      new GridEdge(GridEdge.Reason.GAINS_AT_LARGEST, List.of(0.1, 1.0));

  private static String note(Warning warning) {
    return Notes.of(List.of(warning)).get(0);
  }

  @Test
  void lostRunsAreNamedWithTheirNumber() {
    assertThat(note(new Warning.RunsLost(RunFate.DIVERGED, List.of(new Tally("l2", 1)), 20)))
        .isEqualTo(
            "1 of 20 runs diverged (NaN or infinite loss): l2 (1). Means are over completed runs"
                + " only.");
    assertThat(
            note(
                new Warning.RunsLost(
                    RunFate.MISSING, List.of(new Tally("none", 3), new Tally("l2", 3)), 6)))
        .isEqualTo(
            "6 of 6 runs are missing: not run yet: none (3), l2 (3). Means are over completed runs"
                + " only.");
    assertThat(note(new Warning.RunsLost(RunFate.FAILED, List.of(new Tally("l2", 1)), 1)))
        .isEqualTo("1 of 1 run failed: l2 (1). Means are over completed runs only.");
  }

  @Test
  void processorsOfSeveralKinds() {
    assertThat(note(new Warning.MixedProcessors(List.of("A 1", "B 2"), 3, 10)))
        .isEqualTo(
            "Runs were trained on 2 kinds of processors (A 1; B 2), and under 3 of 10 seeds on more"
                + " than one: the last digits of those differ for that reason alone.");
  }

  @Test
  void aBaselineWithoutRuns() {
    assertThat(note(new Warning.BaselineLost("none")))
        .isEqualTo("No run of the baseline none completed: nothing to compare with.");
  }

  @Test
  void runsThatEndedBeforeTheirLastEpochAreToldByVariant() {
    assertThat(
            Notes.of(
                List.of(
                    new Warning.RunsCut(
                        Warning.Cut.PATIENCE, List.of(new Tally("l2", 2)), 6, 1, 1, 2, 12),
                    new Warning.MomentsOfCutRuns())))
        .containsExactly(
            "2 of 6 runs were stopped early, out of patience, after 1 epoch: l2 (2). That left out 2"
                + " of the 12 epochs planned.",
            "Of runs that were cut short, the best epoch is the best until then, and the last epoch"
                + " is the one they ended at; what they would have reached is not known.");
  }

  @Test
  void stoppedAndPrunedRunsHaveTheirOwnWords() {
    assertThat(
            Notes.of(
                List.of(
                    new Warning.RunsCut(
                        Warning.Cut.PATIENCE,
                        List.of(new Tally("none", 3), new Tally("weak", 2)),
                        6,
                        2,
                        7,
                        34,
                        60),
                    new Warning.RunsCut(
                        Warning.Cut.PRUNING, List.of(new Tally("weak", 1)), 6, 3, 3, 7, 60))))
        .containsExactly(
            "5 of 6 runs were stopped early, out of patience, after 2 to 7 epochs: none (3), weak"
                + " (2). That left out 34 of the 60 epochs planned.",
            "1 of 6 runs was pruned as hopeless, after 3 epochs: weak (1). That left out 7 of the 60"
                + " epochs planned.");
  }

  @Test
  void otherDifferencesAreNamedUpToFive() {
    assertThat(note(new Warning.MoreThanThePenalty(List.of("a", "b", "c", "d", "e", "f", "g"))))
        .isEqualTo(
            "More than the penalty differs from the baseline (data, network, optimizer or"
                + " training) in: a, b, c, d, e and 2 more.");
  }

  @Test
  void aBestAtTheEdgeProposesWhatToAdd() {
    assertThat(note(new Warning.BestAtEdge("", "strong", "L2 weights", LARGEST)))
        .isEqualTo(
            "The best variant, strong, has the largest strength tried of L2 weights, and the score"
                + " still rises towards it by more than its error. Add 1e-01 and 1e+00.");
    assertThat(note(new Warning.BestAtEdge("wide", "strong", "L2 weights", LARGEST)))
        .startsWith("The best variant (wide), strong, has");
  }

  @Test
  void whoTookNoPartInChoosing() {
    assertThat(note(new Warning.NotCandidates("wide", List.of("lucky", "begun"))))
        .isEqualTo(
            "Took no part in choosing the best (wide), for diverged runs or too few completed ones:"
                + " lucky, begun.");
  }

  @Test
  void whatLeaksOfOneSeedAndOfSeveral() {
    PartSizes sizes = new PartSizes(300, 600, 897, 1797, 0);
    assertThat(note(new Warning.Leak("wide", 3, new EqualRows(12, 3), sizes, 2, 4)))
        .isEqualTo(
            "wide: 12 of 600 validation rows and 3 of 897 test rows equal a training row in"
                + " everything that is predicted from (seed 3, the most; 2 of 4 seeds have such"
                + " rows).");
    assertThat(note(new Warning.Leak("", 0, new EqualRows(0, 1), sizes, 1, 1)))
        .isEqualTo(
            "1 of 897 test rows equal a training row in everything that is predicted from (seed"
                + " 0).");
  }
}

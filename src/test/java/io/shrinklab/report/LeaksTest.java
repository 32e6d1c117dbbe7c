package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import io.shrinklab.wording.Notes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaksTest {
  private static final Experiment EXPERIMENT = SyntheticSweep.experiment("leaky", "", 4);

  /** All runs, those of seeds 1 and 3 with such rows. */
  private static List<RunRecord> records(
      @Nullable EqualRows ofSeedOne, @Nullable EqualRows ofSeedThree) {
    return EXPERIMENT
        .runs()
        .map(
            spec ->
                with(
                    spec,
                    spec.seed() == 1
                        ? ofSeedOne
                        : spec.seed() == 3 ? ofSeedThree : new EqualRows(0, 0)))
        .toList();
  }

  private static RunRecord with(RunSpec spec, @Nullable EqualRows equal) {
    return ARun.like(SyntheticSweep.record(spec, RunStatus.COMPLETED, ""))
        .equalRows(equal)
        .record();
  }

  private static List<String> notes(List<RunRecord> records) {
    return Notes.of(SweepAnalysis.of(EXPERIMENT, records).leaks());
  }

  @Test
  void theSeedWithMostSuchRowsIsNamed() {
    assertThat(notes(records(new EqualRows(2, 0), new EqualRows(12, 3))))
        .containsExactly(
            "12 of 600 validation rows and 3 of 897 test rows equal a training row in everything"
                + " that is predicted from (seed 3, the most; 2 of 4 seeds have such rows).");
    assertThat(notes(records(new EqualRows(0, 1), new EqualRows(0, 0))))
        .containsExactly(
            "1 of 897 test rows equal a training row in everything that is predicted from (seed 1,"
                + " the most; 1 of 4 seeds have such rows).");
  }

  @Test
  void nothingIsSaidWhereThereAreNoneOrNobodyLooked() {
    assertThat(notes(records(new EqualRows(0, 0), null))).isEmpty();
    assertThat(notes(List.of())).isEmpty();
  }

  @Test
  void thePageSaysItBeforeTheScores() throws IOException {
    String page = PageTest.page(EXPERIMENT, records(new EqualRows(2, 0), new EqualRows(12, 3)));
    assertThat(page).contains("<li>12 of 600 validation rows and 3 of 897 test rows equal a");
    assertThat(PageTest.page(EXPERIMENT, records(null, null))).doesNotContain("equal a training");
  }
}

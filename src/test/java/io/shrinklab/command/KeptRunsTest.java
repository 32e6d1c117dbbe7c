package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeptRunsTest {
  private static final RunSpec RUN = TestRuns.spec("decay", 0.1, 0);

  @Test
  void whatWasReadIsKeptUntilSomethingIsTrained() {
    RunRecord record = ARun.of(RUN).record();
    KeptRuns kept = new KeptRuns();

    kept.onKept(record);
    assertThat(kept.records()).containsOnlyKeys(RUN).containsValue(record);

    kept.onStart(1, List.of(TestRuns.spec("decay", 0.1, 1)));
    assertThat(kept.records()).isEmpty();
  }

  @Test
  void aPageLeavesWhatItReadForTheNextUnlessThatIsMuch() {
    RunRecord record = ARun.of(RUN).epochs(List.of(TestRuns.epoch(1, 0, 0.1))).record();
    int epochs = record.epochs().size();
    KeptRuns kept = new KeptRuns();

    kept.keep(List.of(record));
    assertThat(kept.records()).containsOnlyKeys(RUN).containsValue(record);

    kept.keep(Collections.nCopies(300_000 / epochs, record));
    assertThat(kept.records()).containsOnlyKeys(RUN);

    kept.keep(Collections.nCopies(300_000 / epochs + 1, record));
    assertThat(kept.records()).isEmpty();
  }
}

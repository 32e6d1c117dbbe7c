package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.DecayRule;
import io.shrinklab.testing.ARun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

  @Test
  void theRuleAgainstACoupledDecayIsToldAndAgainstADecoupledOneIsNot() {
    // Adam at its rate of 0.001: 0.02 / 2 * 0.001 = 1e-5, where 0.02 / 2 = 1e-2 is equal.
    assertThat(against("weight-decay").warnings())
        .containsExactly(
            new Warning.DecayMisfit(
                new DecayRule.Misfit(List.of("rule"), List.of("decay"), 1e-5, 1e-2)));
    assertThat(against("decoupled-weight-decay").warnings()).isEmpty();
  }

  @Test
  void runsOfOneSeedFromSeveralProcessorsAreTold() {
    HandMade sweep =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 1e-2)
            .scores("none", .90, .91, .92)
            .scores("l2", .90, .91, .92);
    // The baseline's three seeds first, then the other's: seed 2 alone has two processors.
    assertThat(on(sweep, "A", "A", "B", "A", "A", "A"))
        .containsExactly(new Warning.MixedProcessors(List.of("A", "B"), 1, 3));
    assertThat(on(sweep, "A", "B", "B", "A", "B", "B")).isEmpty();
  }

  private static List<Warning> on(HandMade sweep, String... processors) {
    List<RunRecord> records = new ArrayList<>();
    for (RunRecord run : sweep.records()) {
      Provenance from = run.provenance();
      records.add(
          ARun.like(run)
              .provenance(
                  new Provenance(
                      from.dataSha256(),
                      from.weightsSha256(),
                      from.metricsSha256(),
                      from.shrinklabVersion(),
                      from.commit(),
                      from.dirty(),
                      from.jdk(),
                      from.djl(),
                      from.libtorch(),
                      from.os(),
                      processors[records.size()],
                      from.threads(),
                      from.startedAt(),
                      from.endedAt(),
                      from.seconds()))
              .record());
    }
    return SweepAnalysis.of(sweep.experiment(), records).warnings();
  }

  private static SweepAnalysis against(String decay) {
    return HandMade.fixedSplit(3)
        .none()
        .variant("decay", "", "{'kind': '%s', 'strength': 0.02}".formatted(decay))
        .l2("rule", 1e-5)
        .scores("none", .90, .91, .92)
        .scores("decay", .90, .91, .92)
        .scores("rule", .90, .91, .92)
        .analysis();
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.DecayRule;
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

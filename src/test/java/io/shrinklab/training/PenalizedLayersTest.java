package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which parameters of a network a penalty acts on: by scope, and by rules for layers. */
@ExtendWith(EngineExtension.class)
class PenalizedLayersTest {
  private static PenaltySpec ridge(Scope scope, @Nullable List<LayerRule> layers) {
    return new PenaltySpec.Lp(
        2, new Lambda(0.01), scope, GRADIENT, 1e-8, layers, new StrengthSchedule.Constant());
  }

  private static Specs.Builder ruled(LayerRule... rules) {
    return spec().penalty(ridge(Scope.WEIGHTS, List.of(rules)));
  }

  @Test
  void scopeWeightsLeavesBiasesAndScalesAlone() throws Exception {
    List<Double> norms = new ArrayList<>();
    for (Scope scope : List.of(Scope.WEIGHTS, Scope.WEIGHTS_AND_SCALES, Scope.ALL)) {
      Specs.Builder spec = spec().penalty(ridge(scope, null)).epochs(1).batchSize(200).batchNorm();
      norms.add(spec.steps().get(0).lpPowerSum());
    }
    // At the start biases and shifts are 0 and the 16 + 8 scales are 1.
    assertThat(norms.get(1)).isCloseTo(norms.get(0) + 24, within(1e-4));
    assertThat(norms.get(2)).isCloseTo(norms.get(1), within(1e-9));
  }

  @Test
  void aRuleChoosesLayersAndGivesThemTheirOwnStrength() throws Exception {
    RunOutcome outcome =
        ruled(new LayerRule("dense2*", new Lambda(0.5)), new LayerRule("output.weight", null))
            .epochs(1)
            .train();
    List<LayerMetrics> rows = outcome.layers();
    double expected = 0.5 * rows.get(1).lpPowerSum() + 0.01 * rows.get(2).lpPowerSum();
    assertThat(outcome.epochs().get(0).get(Metric.PENALTY)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aRuleThatChoosesNothingIsRefusedWithTheLayersThatThereAre() {
    Specs.Builder spec = ruled(new LayerRule("conv*", null));
    assertThatThrownBy(spec::train)
        .isInstanceOf(PenaltyException.class)
        .hasMessageContaining("found \"conv*\", which matches no parameter in scope")
        .hasMessageContaining("dense1.weight, dense2.weight, output.weight");
  }

  @Test
  void rulesAreHeldAgainstTheNetworkBeforeAnythingIsTrained() throws Exception {
    LayerRules.check(List.of(ruled(new LayerRule("dense?.weight", null)).build().variant()));
    RunSpec spec = ruled(new LayerRule("norm*", null)).build();
    assertThatThrownBy(() -> LayerRules.check(List.of(spec.variant())))
        .isInstanceOf(PenaltyException.class)
        .hasMessageContaining("variant test: penalty.layers: found \"norm*\"")
        .hasMessageContaining("dense1.weight, dense2.weight, output.weight");
  }
}

package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.testing.ASpec;
import io.shrinklab.wording.Notes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic is that of docs/weight-decay.md: coupled decay s is L2 with lambda s / 2. */
class DecayRuleTest {
  private static final String ADAM = "{'kind': 'adam', 'learningRate': 0.001}";
  private static final String COUPLED = "{'kind': 'weight-decay', 'strength': 0.02}";
  private static final String DECOUPLED = "{'kind': 'decoupled-weight-decay', 'strength': 0.02}";
  private static final String RULE =
      "{'kind': 'lp', 'p': 2, 'lambda': {'matchWeightDecay': 0.02, 'learningRate': %s}}";

  private final List<Variant> variants = new ArrayList<>();

  private DecayRuleTest with(String name, String optimizer, String penalty) {
    variants.add(
        ASpec.read(
                """
                'data': {'kind': 'digits'}, 'network': {'kind': 'mlp'}, 'training': {'epochs': 2},
                'optimizer': %s, 'penalty': %s"""
                    .formatted(optimizer, penalty))
            .entry(name, "")
            .variant());
    return this;
  }

  private List<DecayRule.Misfit> misfits() {
    return DecayRule.misfits(variants);
  }

  @Test
  void theRuleDoesNotFitAdamsCoupledDecay() {
    with("decay", ADAM, COUPLED).with("rule", ADAM, RULE.formatted(0.001));
    // 0.02 / 2 * 0.001 = 1e-5, and 0.02 / 2 = 1e-2.
    assertThat(misfits())
        .containsExactly(new DecayRule.Misfit(List.of("rule"), List.of("decay"), 0.00001, 0.01));
    assertThat(Notes.misfit(misfits().get(0)))
        .isEqualTo(
            "rule does not match decay: half the decay times the learning rate, as"
                + " matchWeightDecay has it, is lambda 1e-05, but under its optimizer this decay"
                + " is L2 with lambda 1e-02 (docs/weight-decay.md).");
  }

  @Test
  void theRulesNumberIsTheRuleOnAnyParameters() {
    with("decay", ADAM, COUPLED)
        .with("decay-weights", ADAM, COUPLED.replace("}", ", 'scope': 'weights'}"))
        .with("number", ADAM, "{'kind': 'lp', 'p': 2, 'lambda': 1e-5}")
        .with("number-all", ADAM, "{'kind': 'lp', 'p': 2, 'lambda': 1e-5, 'scope': 'all'}")
        .with("l1", ADAM, "{'kind': 'lp', 'p': 1, 'lambda': 1e-5}");
    assertThat(misfits())
        .containsExactly(
            new DecayRule.Misfit(
                List.of("number", "number-all"), List.of("decay", "decay-weights"), 0.00001, 0.01));
    assertThat(Notes.misfit(misfits().get(0)))
        .startsWith("number and number-all do not match decay and decay-weights: half");
  }

  @Test
  void halfTheDecayMatches() {
    with("decay", ADAM, COUPLED).with("half", ADAM, "{'kind': 'lp', 'p': 2, 'lambda': 0.01}");
    assertThat(misfits()).isEmpty();
  }

  @Test
  void aPenaltyThatMatchesOneDecayIsNotSetAgainstAnother() {
    String sgd = "{'kind': 'sgd', 'learningRate': 0.1}";
    // 0.2 / 2 * 0.1 = 0.01, which is also 0.02 / 2.
    with("weak", sgd, COUPLED)
        .with("strong", sgd, COUPLED.replace("0.02", "0.2"))
        .with("half", sgd, "{'kind': 'lp', 'p': 2, 'lambda': 0.01}");
    assertThat(misfits()).isEmpty();
  }

  @Test
  void nothingIsSaidOfADecoupledDecay() {
    with("decay", ADAM, DECOUPLED)
        .with("adamw", ADAM.replace("adam", "adamw"), DECOUPLED)
        .with("rule", ADAM, RULE.formatted(0.001));
    assertThat(misfits()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "0.9, 1, 0"})
  void underPlainDescentEveryDecayIsInTheGradientAndUnderMomentumTheCoupledOneAlone(
      double momentum, int coupled, int decoupled) {
    String sgd = "{'kind': 'sgd', 'learningRate': 0.1, 'momentum': %s}".formatted(momentum);
    String rule = RULE.formatted(0.1);
    assertThat(new DecayRuleTest().with("d", sgd, COUPLED).with("r", sgd, rule).misfits())
        .hasSize(coupled);
    assertThat(new DecayRuleTest().with("d", sgd, DECOUPLED).with("r", sgd, rule).misfits())
        .hasSize(decoupled);
  }

  @Test
  void aLearningRateOfOneMakesTheRuleExact() {
    String sgd = "{'kind': 'sgd', 'learningRate': 1}";
    with("coupled", sgd, COUPLED)
        .with("decoupled", sgd, DECOUPLED)
        .with("rule", sgd, RULE.formatted(1));
    assertThat(misfits()).isEmpty();
  }

  @Test
  void otherwiseUnlikeVariantsAreNotSetAgainstEachOther() {
    with("decay", "{'kind': 'adam', 'learningRate': 0.01}", COUPLED)
        .with("rule", ADAM, "{'kind': 'lp', 'p': 2, 'lambda': 1e-4}");
    assertThat(misfits()).isEmpty();
  }
}

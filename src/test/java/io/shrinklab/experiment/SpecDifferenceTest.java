package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ASpec;
import org.junit.jupiter.api.Test;

class SpecDifferenceTest {
  private static Variant variant(String name, String network, String penalty) {
    return ASpec.read(
            """
            'data': {'kind': 'digits'}, 'network': %s, 'optimizer': {'kind': 'adam'},
            'training': {'epochs': 2}, 'penalty': %s"""
                .formatted(network, penalty))
        .entry(name, "")
        .variant();
  }

  @Test
  void valuesThatDifferAreListedByTheirPaths() {
    Variant left =
        variant(
            "a", "{'kind': 'mlp', 'hidden': [128, 64]}", "{'kind': 'lp', 'p': 2, 'lambda': 1e-5}");
    Variant right =
        variant("b", "{'kind': 'mlp', 'hidden': [64]}", "{'kind': 'lp', 'p': 1, 'lambda': 0.25}");

    assertThat(SpecDifference.between(left, right))
        .containsExactly(
            new SpecDifference("network.hidden", "[128,64]", "[64]"),
            new SpecDifference("penalty.p", "2", "1"),
            new SpecDifference("penalty.lambda", "1e-05", "0.25"));
    assertThat(SpecDifference.between(left, left)).isEmpty();
  }

  @Test
  void aKeyThatOneOfThemLacksIsEmptyThere() {
    Variant none = variant("a", "{'kind': 'linear'}", "{'kind': 'none'}");
    Variant decay =
        variant("b", "{'kind': 'linear'}", "{'kind': 'weight-decay', 'strength': 0.02}");

    assertThat(SpecDifference.between(none, decay))
        .contains(
            new SpecDifference("penalty.kind", "none", "weight-decay"),
            new SpecDifference("penalty.strength", "", "0.02"));
  }

  /** As a grid over one width writes it. */
  @Test
  void listsOfOneLengthDifferByElement() {
    Variant left = variant("a", "{'kind': 'mlp', 'hidden': [128, 64]}", "{'kind': 'none'}");
    Variant right = variant("b", "{'kind': 'mlp', 'hidden': [128, 32]}", "{'kind': 'none'}");

    assertThat(SpecDifference.between(left, right))
        .containsExactly(new SpecDifference("network.hidden[1]", "64", "32"));
  }
}

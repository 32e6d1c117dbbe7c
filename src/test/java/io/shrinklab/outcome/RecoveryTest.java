package io.shrinklab.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  /**
   * Found: a (right), c (wrong, however small); missed: b; rightly left: d. A wrong sign counts.
   */
  @Test
  void whatIsNotExactlyZeroIsFound() {
    assertThat(
            Recovery.of(
                List.of(
                    new Coefficient("a", 0.5, 1),
                    new Coefficient("b", 0, -1),
                    new Coefficient("c", 1e-30, 0),
                    new Coefficient("d", -0.0, 0),
                    new Coefficient("e", 0.1, -1))))
        .contains(new Recovery(2, 1));
  }

  @Test
  void withoutATruthNothingIsSaid() {
    assertThat(Recovery.of(List.of())).isEmpty();
    assertThat(Recovery.of(List.of(new Coefficient("bmi", 3)))).isEmpty();
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {

  @Test
  void adjustsInTheGivenOrder() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void aComparisonThatWasNotTestedDoesNotCount() {
    assertThat(Holm.adjust(0.01, Double.NaN, 0.04))
        .containsExactly(new double[] {0.02, Double.NaN, 0.04}, within(1e-12));
  }

  @Test
  void neverExceedsOne() {
    assertThat(Holm.adjust(0.6, 0.9)).containsExactly(1, 1);
  }

  @Test
  void ofNothingIsNothing() {
    assertThat(Holm.adjust()).isEmpty();
  }
}

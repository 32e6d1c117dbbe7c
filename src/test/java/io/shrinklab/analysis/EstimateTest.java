package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void agreesWithScipy() {
    // scipy.stats.t.interval(0.95, 4, mean, sem)
    Estimate estimate = Estimate.of(.91, .93, .90, .94, .92);

    assertThat(estimate.n()).isEqualTo(5);
    assertThat(estimate.mean()).isCloseTo(0.92, within(1e-12));
    assertThat(estimate.standardDeviation()).isCloseTo(0.015811388300841875, within(1e-12));
    assertThat(estimate.low()).isCloseTo(0.9003675683852246, within(1e-9));
    assertThat(estimate.high()).isCloseTo(0.9396324316147757, within(1e-9));
  }

  @Test
  void twoValuesHaveADeviationButNoInterval() {
    Estimate estimate = Estimate.of(1, 3);

    assertThat(estimate.standardDeviation()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(estimate.standardError()).isCloseTo(1, within(1e-12));
    assertThat(estimate.hasInterval()).isFalse();
    assertThat(estimate.low()).isNaN();
    assertThat(estimate.high()).isNaN();
  }

  @Test
  void oneValueHasNoDeviation() {
    assertThat(Estimate.of(7)).isEqualTo(new Estimate(1, 7, Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void nanNeverEnters() {
    assertThat(Estimate.of(1, Double.NaN, 3)).isEqualTo(Estimate.of(1, 3));
    assertThat(Estimate.of(Double.NaN).n()).isZero();
    assertThat(Estimate.of().mean()).isNaN();
  }

  @Test
  void equalValuesVaryByExactlyNothing() {
    Estimate estimate = Estimate.of(0.1, 0.1, 0.1);

    assertThat(estimate).isEqualTo(new Estimate(3, 0.1, 0, 0.1, 0.1));
  }
}

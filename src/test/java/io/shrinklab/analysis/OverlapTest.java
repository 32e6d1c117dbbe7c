package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.PartSizes;
import org.junit.jupiter.api.Test;

class OverlapTest {

  @Test
  void isNadeauAndBengiosRatioWhenThePartsUseUpThePool() {
    assertThat(Overlap.ratio(new PartSizes(900, 100, 0, 1000, 0)))
        .isCloseTo(1.0 / 9, within(1e-12));
    assertThat(Overlap.ratio(new PartSizes(50_000, 10_000, 10_000, 60_000, 0)))
        .isCloseTo(0.2, within(1e-12));
  }

  @Test
  void fallsWithTheShareOfThePoolThatIsUsed() {
    // rho = 600 / 1797 * 300 / 1197 = 0.083682; / (1 - rho) = 0.091324
    assertThat(Overlap.ratio(new PartSizes(300, 600, 897, 1797, 0)))
        .isCloseTo(0.091324, within(1e-6));
    assertThat(Overlap.ratio(new PartSizes(300, 600, 0, 1_000_000, 0))).isLessThan(1e-6);
  }

  @Test
  void aPoolThatIsNotKnownCountsAsUsedUp() {
    assertThat(Overlap.ratio(new PartSizes(900, 100, 50, 0, 0))).isCloseTo(1.0 / 9, within(1e-12));
  }
}

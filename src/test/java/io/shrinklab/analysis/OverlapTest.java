package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.testing.ASpec;
import org.junit.jupiter.api.Test;

class OverlapTest {

  @Test
  void isNadeauAndBengiosRatioWhenThePartsUseUpThePool() {
    assertThat(Overlap.ratio(new PartSizes(900, 100, 0, 1000))).isCloseTo(1.0 / 9, within(1e-12));
    assertThat(Overlap.ratio(new PartSizes(50_000, 10_000, 10_000, 60_000)))
        .isCloseTo(0.2, within(1e-12));
  }

  @Test
  void fallsWithTheShareOfThePoolThatIsUsed() {
    // rho = 600 / 1797 * 300 / 1197 = 0.083682; / (1 - rho) = 0.091324
    assertThat(Overlap.ratio(new PartSizes(300, 600, 897, 1797))).isCloseTo(0.091324, within(1e-6));
    assertThat(Overlap.ratio(new PartSizes(300, 600, 0, 1_000_000))).isLessThan(1e-6);
  }

  @Test
  void aPoolThatIsNotKnownCountsAsUsedUp() {
    assertThat(Overlap.ratio(new PartSizes(900, 100, 50, 0))).isCloseTo(1.0 / 9, within(1e-12));
  }

  @Test
  void aTestPartOfItsOwnOverlapsAsValidationDoes() {
    DataSpec data = ASpec.digits(60, 20, DataSpec.Split.PER_SEED);
    // 10,000 test rows that are not among the 60,000 drawn from; Nadeau and Bengio's 1 / 5 again.
    PartSizes own = new PartSizes(50_000, 10_000, 10_000, 60_000);
    assertThat(Overlap.test(data, own)).isCloseTo(0.2, within(1e-12));
    // Drawn from it: rho = 20 / 100 * 60 / 80 = 0.15; 0.15 / 0.85 = 0.176471
    PartSizes drawn = new PartSizes(60, 20, 20, 100);
    assertThat(Overlap.test(data, drawn)).isCloseTo(0.176471, within(1e-6));
  }

  @Test
  void oneSplitForAllSeedsHasNoRatio() {
    DataSpec data = ASpec.digits(60, 20, DataSpec.Split.FIXED);
    PartSizes sizes = new PartSizes(60, 20, 20, 100);
    assertThat(Overlap.validation(data, sizes)).isZero();
    assertThat(Overlap.test(data, sizes)).isZero();
    assertThat(Overlap.validation(data, null)).isZero();
  }
}

package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: scipy.stats.nct, both tails. */
class PowerTest {

  @ParameterizedTest
  @CsvSource({
    "3, 9, 0.05, 0.7611566204",
    "5, 9, 0.0035714285714, 0.8131061586",
    "0, 9, 0.05, 0.05",
    "4, 4, 0.01, 0.4467668900",
    "6, 2, 0.05, 0.8357381198"
  })
  void agreesWithTheNoncentralT(double noncentrality, int degrees, double level, double power) {
    assertThat(Power.of(noncentrality, degrees, level)).isCloseTo(power, within(2e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0.05, 3.14963",
    "9, 0.0035714285714, 4.93402",
    "4, 0.05, 3.76106",
    "2, 0.05, 5.65349",
    "19, 0.01, 3.74964"
  })
  void findsWhatIsFoundFourTimesOutOfFive(int degrees, double level, double noncentrality) {
    assertThat(Power.noncentrality(0.8, degrees, level)).isCloseTo(noncentrality, within(2e-3));
  }
}

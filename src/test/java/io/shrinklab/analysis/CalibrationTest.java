package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.Calibration.Design;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small version of the study in docs/analysis.md. */
class CalibrationTest {
  private static final int SWEEPS = 150;

  @ParameterizedTest
  @CsvSource({"false, 34, true", "true, 7, false"})
  void oneTreatmentUnderManyNamesIsSeldomCalledDifferent(
      boolean perSeed, int variants, boolean twins) throws IOException {
    Calibration.Rates rates =
        new Calibration(new Design(perSeed, 10, variants, twins)).simulate(SWEEPS, 0, 7);

    // 0.05 and the one-sided 95 % allowance of a share of 150 sweeps.
    assertThat(rates.any()).isLessThanOrEqualTo(0.079);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlantedGainIsFoundAsOftenAsThePowerCalculationSays(boolean perSeed) throws IOException {
    Calibration.Rates rates =
        new Calibration(new Design(perSeed, 10, 7, false)).simulate(SWEEPS, 5, 7);

    // Noncentrality 5, 9 degrees of freedom: 0.8131 at level 0.05 / 14 (scipy.stats.nct), which
    // seven comparisons that share a baseline need not pay in full.
    assertThat(rates.predicted()).isBetween(0.8131, 0.95);
    // Three standard errors of a share over 150 sweeps.
    assertThat(rates.planted()).isCloseTo(rates.predicted(), within(0.085));
  }
}

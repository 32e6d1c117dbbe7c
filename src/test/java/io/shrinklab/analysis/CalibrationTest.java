package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small version of the study in docs/analysis.md. */
class CalibrationTest {
  private static final int SWEEPS = 400;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneTreatmentUnderEightNamesIsSeldomCalledDifferent(boolean perSeed) throws IOException {
    Calibration.Rates rates = new Calibration(perSeed).simulate(SWEEPS, 0, 7);

    assertThat(rates.anyMoment()).isLessThanOrEqualTo(0.05);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPlantedGainIsFoundAsOftenAsThePowerCalculationSays(boolean perSeed) throws IOException {
    // scipy.stats.nct: noncentrality 5, 9 degrees of freedom, level 0.05 / 14
    double predicted = 0.8131061586;

    Calibration.Rates rates = new Calibration(perSeed).simulate(SWEEPS, 5, 7);

    // Three standard errors of a share over 400 sweeps.
    assertThat(rates.planted()).isCloseTo(predicted, within(0.06));
  }
}

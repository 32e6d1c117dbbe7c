package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingTest {

  private static Scale fit(Scaling scaling, double... values) {
    return scaling.fit(row -> values[row], IntStream.range(0, values.length).toArray());
  }

  /** The numbers 0 to n - 1 have the mean (n - 1) / 2 and the variance (n^2 - 1) / 12. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1.7e9, -1.7e9, 1.7e12})
  void secondsOfFiveMinutesStayApartWheneverTheyAre(double start) {
    int n = 299;
    double[] times = IntStream.range(0, n).mapToDouble(i -> start + i).toArray();
    Scale scale = fit(Scaling.STANDARD, times);
    double deviation = Math.sqrt((n * n - 1) / 12.0);
    assertThat(scale.mean()).isEqualTo(start + 149);
    assertThat(scale.divisor()).isCloseTo(deviation, within(1e-12));
    for (int i = 0; i < n; i++) {
      assertThat(scale.of(times[i])).isCloseTo((float) ((i - 149) / deviation), within(1e-6f));
    }
    assertThat(Arrays.stream(times).mapToObj(scale::of).distinct()).hasSize(n);
  }

  /** Of x and 3x the mean is 2x and the deviation x; of numbers near either end of double, too. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e39, 1e-45, 1e-200, 1e-300, 1e200, 5e307, 4e-320})
  void numbersOfAnySizeAreStandardized(double x) {
    Scale scale = fit(Scaling.STANDARD, x, 3 * x);
    assertThat(scale.of(x)).isCloseTo(-1, within(1e-3f));
    assertThat(scale.of(3 * x)).isCloseTo(1, within(1e-3f));
    Scale negative = fit(Scaling.STANDARD, -3 * x, 3 * x);
    assertThat(negative.of(3 * x)).isCloseTo(1, within(1e-3f));
    assertThat(negative.of(-3 * x)).isCloseTo(-1, within(1e-3f));
  }

  /** 299 times 0.1 is not 29.9 in double, nor is its 299th part 0.1. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.7e9, 1e-310, 0, -3.3})
  void oneValueInAllTrainingRowsSaysNothing(double value) {
    double[] column = new double[299];
    Arrays.fill(column, value);
    Scale scale = fit(Scaling.STANDARD, column);
    assertThat(scale).isEqualTo(new Scale(value, 0));
    // Also of the rows beyond training: their weight was never trained.
    assertThat(scale.of(value + 12)).isZero();
    assertThat(fit(Scaling.CENTRED, column).of(value + 12)).isEqualTo(12);
  }

  /** Two values one unit in the last place apart are two. */
  @Test
  void theSmallestDifferenceIsOne() {
    Scale scale = fit(Scaling.STANDARD, 0.1, Math.nextUp(0.1), 0.1, Math.nextUp(0.1));
    assertThat(scale.divisor()).isPositive();
    assertThat(scale.of(0.1)).isNotEqualTo(scale.of(Math.nextUp(0.1)));
  }

  /** 1, none and 3: none is 2, and the variance of 1, 2, 3 is 2 / 3. */
  @Test
  void aMissingNumberIsTheMeanOfTheTrainingRows() {
    Scale scale = fit(Scaling.STANDARD, 1, Double.NaN, 3);
    assertThat(scale.mean()).isEqualTo(2);
    assertThat(scale.divisor()).isCloseTo(Math.sqrt(2 / 3.0), within(1e-15));
    assertThat(scale.of(Double.NaN)).isZero();
    assertThat(fit(Scaling.STANDARD, Double.NaN, Double.NaN)).isEqualTo(new Scale(0, 0));
  }

  @Test
  void onlyTrainingRowsAreLearnedFrom() {
    double[] column = {1, 3, 1000, -5000};
    Scale scale = Scaling.STANDARD.fit(row -> column[row], new int[] {0, 1});
    assertThat(scale).isEqualTo(new Scale(2, 1));
  }

  @Test
  void aCategoryThatNoTrainingRowHasIsInNoRow() {
    assertThat(fit(Scaling.INDICATOR, 0, 1, 0).of(1)).isEqualTo(1);
    assertThat(fit(Scaling.INDICATOR, 1, 1).of(1)).isEqualTo(1);
    assertThat(fit(Scaling.INDICATOR, 0, 0).of(1)).isZero();
  }

  /** 1 and 7 less their mean are -3 and 3, whose norm is 3 * sqrt(2). */
  @Test
  void aUnitNormIsThatOfTheCentredColumn() {
    assertThat(fit(Scaling.UNIT_NORM, 1, 7).divisor()).isCloseTo(3 * Math.sqrt(2), within(1e-15));
    assertThat(fit(Scaling.NONE, 1, 7)).isEqualTo(Scale.NONE);
  }
}

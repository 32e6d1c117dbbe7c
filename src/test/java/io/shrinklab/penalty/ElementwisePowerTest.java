package io.shrinklab.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementwisePowerTest {

  /** Against Math.pow in double precision, over the whole range of normal numbers. */
  @ParameterizedTest
  @ValueSource(doubles = {-1.75, -0.65, 0.1, 0.3, 1, 4.0 / 3, 1.3, 2.5, 7})
  void agreesWithPow(double exponent) {
    SplittableRandom random = new SplittableRandom(17);
    int n = 100_000;
    float[] x = new float[n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      double size = Math.max(Math.abs(exponent), 1);
      x[i] = (float) Math.pow(2, (random.nextDouble() - 0.5) * 2 * (125 / size - 1));
      expected[i] = Math.pow(x[i], exponent);
    }
    new ElementwisePower().apply(x, exponent, x, n);
    for (int i = 0; i < n; i++) {
      assertThat((double) x[i]).isCloseTo(expected[i], within(1e-6 * expected[i]));
    }
  }

  /** The ends of the range: 0 counts as 2^-127, and nothing overflows or becomes subnormal. */
  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0.5, 1, 3})
  void staysWithinNormalNumbers(double exponent) {
    float[] x = {0, Float.MIN_VALUE, Float.MIN_NORMAL, 1, Float.MAX_VALUE, Float.POSITIVE_INFINITY};
    new ElementwisePower().apply(x, exponent, x, x.length);
    for (float power : x) {
      assertThat(power).isBetween(Float.MIN_NORMAL, Float.MAX_VALUE);
    }
    assertThat(x[3]).isEqualTo(1);
    if (exponent == 0.5) {
      assertThat((double) x[0]).isCloseTo(Math.pow(2, -63.5), within(1e-25));
    }
  }
}

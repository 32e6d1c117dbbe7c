package io.shrinklab.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.tensor.Portions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProximalOperatorTest {
  /** Relative, for float32. */
  private static final double TOLERANCE = 1e-5;

  /** Values found by brute force over x, outside this project. */
  @ParameterizedTest(name = "p={0} lambda={1}: {2} -> {3}")
  @CsvSource({
    "0, 0.5, 0.99, 0",
    "0, 0.5, 1.01, 1.01",
    "0.5, 1, 1.49, 0",
    "0.5, 1, 1.6, 1.129545",
    "0.5, 1, 2, 1.605378",
    "0.5, 1, 3, 2.695453",
    "0.5, 0.5, 2, 1.814402",
    "0.6666666666666666, 1, 1.475, 0",
    "0.6666666666666666, 1, 2, 1.404735",
    "0.6666666666666666, 1, 3, 2.509411",
    "1, 0.5, 2, 1.5",
    "1, 0.5, 0.4, 0",
    "1, 0.5, -2, -1.5",
    "1.5, 1, 2, 0.723828",
    "1.5, 0.5, 2, 1.183934",
    "2, 0.5, 2, 1",
    "3, 1, 2, 0.666667",
    "3, 0.5, 2, 0.868517",
  })
  void agreesWithBruteForce(double p, double lambda, double v, double expected) {
    assertThat(prox(p, lambda, v)).isCloseTo(expected, within(TOLERANCE * 2));
  }

  /**
   * The definition itself: no point of a fine grid has a lower objective than the operator's
   * answer.
   */
  @ParameterizedTest
  @ValueSource(
      doubles = {0, 0.1, 0.3, 0.5, 0.6666666666666666, 0.9, 1, 1.1, 1.3, 1.5, 1.9, 2, 2.5, 3, 4, 8})
  void noPointOfAGridIsBetter(double p) {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 60; trial++) {
      double t = Math.pow(10, -4 + 4 * random.nextDouble());
      double v = (random.nextDouble() - 0.5) * 4 * Math.pow(10, -2 * random.nextDouble());
      double x = prox(p, t, v);
      double lowest = Double.POSITIVE_INFINITY;
      for (int i = -100; i <= 2100; i++) {
        lowest = Math.min(lowest, objective(p, t, v, v * i / 2000));
      }
      lowest = Math.min(lowest, objective(p, t, v, 0));
      assertThat(objective(p, t, v, x))
          .as("p=%s t=%s v=%s x=%s", p, t, v, x)
          .isLessThanOrEqualTo(lowest + 2e-6 * (1e-3 + lowest));
    }
  }

  /** Stationarity, x + t p x^(p-1) = |v|, solved in double precision by bisection. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.6666666666666666, 0.9, 1.1, 1.3, 1.5, 2, 2.5, 3, 4, 8})
  void agreesWithBisectionWhereverTheAnswerIsNotZero(double p) {
    int n = 4000;
    double[] v = new double[n];
    for (double t : new double[] {1e-7, 1e-4, 0.1, 1}) {
      double threshold =
          p < 1 ? Math.pow(2 * t * (1 - p), 1 / (2 - p)) * (2 - p) / (2 * (1 - p)) : 1e-3;
      for (int i = 0; i < n; i++) {
        // From just above the threshold to 30 times as far, densest where it is hardest.
        v[i] = (float) (threshold * (1.0001 + 29 * Math.pow((double) i / n, 3)));
      }
      float[] x = proximal(p, t, v);
      for (int i = 0; i < n; i++) {
        // Near the threshold the root moves up to ten times as fast as its argument's rounding.
        double expected = largerRoot(p, t, v[i]);
        assertThat((double) x[i])
            .as("p=%s t=%s v=%s", p, t, v[i])
            .isCloseTo(expected, within(TOLERANCE * expected + 1e-6 * v[i]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.5, 1.5", "0.6666666666666666, 1.475576"})
  void thresholdIsWhereTheLiteraturePutsIt(double p, double expected) {
    double t = p == 0 ? 0.5 : 1;
    assertThat(prox(p, t, expected * 0.9999)).isZero();
    assertThat(prox(p, t, expected * 1.0001)).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.5, 0.6666666666666666, 0.8, 1, 1.2, 1.5, 2, 2.7, 3, 5})
  void isOddShrinksAndNeverFallsAsItsArgumentRises(double p) {
    int n = 5000;
    double[] rising = new double[n];
    double[] mirrored = new double[n];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < n; i++) {
      rising[i] = (float) (6 * random.nextDouble() * random.nextDouble());
    }
    java.util.Arrays.sort(rising);
    for (int i = 0; i < n; i++) {
      mirrored[i] = -rising[i];
    }
    for (double t : new double[] {1e-6, 1e-3, 0.3}) {
      float[] x = proximal(p, t, rising);
      float[] y = proximal(p, t, mirrored);
      double before = 0;
      for (int i = 0; i < n; i++) {
        double value = x[i];
        assertThat(value)
            .as("p=%s t=%s v=%s", p, t, rising[i])
            .isFinite()
            .isBetween(0.0, rising[i]);
        // A float's rounding may break a tie between neighbours.
        assertThat(value).isGreaterThanOrEqualTo(before * (1 - 3e-7));
        assertThat((double) y[i]).isEqualTo(value == 0 ? y[i] : -value);
        assertThat(Math.abs(y[i])).isEqualTo((float) value);
        before = value;
      }
    }
  }

  /** prox of t at v scales: c * prox_t(v) = prox at c v with t c^(2-p). */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.7, 1, 1.5, 2, 3})
  void scalesAsTheObjectiveDoes(double p) {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 200; trial++) {
      double t = 0.01 + random.nextDouble();
      double v = 5 * random.nextDouble();
      double c = 0.25 + 4 * random.nextDouble();
      double direct = prox(p, t * Math.pow(c, 2 - p), c * v);
      double scaled = c * prox(p, t, v);
      // Within rounding of a jump either side is right.
      if ((direct == 0) == (scaled == 0)) {
        assertThat(direct)
            .as("p=%s t=%s v=%s c=%s", p, t, v, c)
            .isCloseTo(scaled, within(2e-5 * c * v + 1e-12));
      }
    }
  }

  /** Each element has a step size of its own: the same as one by one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 0.6666666666666666, 1, 1.3, 1.5, 2, 3})
  void everyElementHasItsOwnStepSize(double p) {
    float[] sizes = {0.01f, 0.5f, 2f, 0f, 1f};
    double[] values = {1.5, -1.5, 3, 0.7, 2};
    float[] x = Arrays32.floats(values);
    PowerKernel.of(p).proximalStep(x, sizes.clone(), sizes.length, 0.5f);
    for (int i = 0; i < sizes.length; i++) {
      assertThat((double) x[i])
          .isCloseTo(sizes[i] == 0 ? values[i] : prox(p, 0.5 * sizes[i], values[i]), within(1e-6));
    }
  }

  /**
   * Adam moves what never had a gradient all but without bound, so that the penalty alone decides:
   * x is 0 for p up to 1, and below (|v| / (t p))^(1/(p-1)) for p above.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.5, 0.6666666666666666, 1, 1.1, 1.3, 1.5, 2, 2.5, 3, 8})
  void aStepAlmostWithoutBoundLeavesWhatThePenaltyAloneLeaves(double p) {
    float[] x = {0f, -0f, 1e-38f, 1e-20f, -0.5f, 2};
    float[] v = x.clone();
    float[] sizes = {1e5f, 1e10f, 1e5f, 1e10f, 1e8f, 1e5f};
    PowerKernel.of(p).proximalStep(x, sizes.clone(), x.length, 1);
    for (int i = 0; i < x.length; i++) {
      double bound = p > 1 ? Math.pow(Math.abs(v[i]) / (sizes[i] * p), 1 / (p - 1)) : 0;
      assertThat((double) Math.abs(x[i]))
          .as("p=%s, element %s", p, i)
          .isLessThanOrEqualTo(bound * 1.0001 + 1e-12);
    }
  }

  @Test
  void strengthZeroChangesNothing() {
    for (double p : new double[] {0, 0.5, 0.7, 1, 1.3, 1.5, 2, 3}) {
      float[] x = {-2, -1e-20f, 0, 1e-20f, 0.5f};
      float[] before = x.clone();
      new LpPenalty(p, 0.1, 0).proximalStep(x, Arrays32.filled(5, 1), 5, 0);
      new LpPenalty(p, 0, 0).proximalStep(x, Arrays32.filled(5, 1), 5, 1);
      assertThat(x).as("p=%s", p).containsExactly(before);
    }
  }

  @Test
  void aWeightThatIsNoNumberStaysNoNumber() {
    for (double p : new double[] {0.5, 0.7, 1, 1.3, 1.5, 2, 3}) {
      float[] x = proximal(p, 0.1, Double.NaN, 1);
      assertThat(x[0]).as("p=%s", p).isNaN();
      assertThat(x[1]).as("p=%s", p).isFinite();
    }
  }

  private static double prox(double p, double t, double v) {
    return proximal(p, t, new double[] {v})[0];
  }

  /** The operator with one t for all. */
  private static float[] proximal(double p, double t, double... v) {
    PowerKernel kernel = PowerKernel.of(p);
    float[] x = Arrays32.floats(v);
    float[] result = new float[x.length];
    for (int from = 0; from < x.length; from += Portions.LENGTH) {
      float[] portion =
          java.util.Arrays.copyOfRange(x, from, Math.min(x.length, from + Portions.LENGTH));
      kernel.proximalStep(portion, Arrays32.filled(portion.length, 1), portion.length, (float) t);
      System.arraycopy(portion, 0, result, from, portion.length);
    }
    return result;
  }

  private static double objective(double p, double t, double v, double x) {
    double power = p == 0 ? (x == 0 ? 0 : 1) : Math.pow(Math.abs(x), p);
    return (x - v) * (x - v) / 2 + t * power;
  }

  private static double largerRoot(double p, double t, double a) {
    // For p < 1 the left side falls until x0 and rises from there on: the larger root is beyond x0.
    double low = p < 1 ? Math.pow(t * p * (1 - p), 1 / (2 - p)) : 0;
    double high = a;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (middle + t * p * Math.pow(middle, p - 1) < a) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}

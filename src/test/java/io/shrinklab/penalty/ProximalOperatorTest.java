package io.shrinklab.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
      Tensor x = TensorFixture.vector(v);
      ProximalOperator.of(p).apply(x, StepSizes.uniform(1), t);
      for (int i = 0; i < n; i++) {
        // Near the threshold the root moves up to ten times as fast as its argument's rounding.
        double expected = largerRoot(p, t, v[i]);
        assertThat((double) x.memory().get(i))
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
      Tensor x = TensorFixture.vector(rising);
      Tensor y = TensorFixture.vector(mirrored);
      ProximalOperator.of(p).apply(x, StepSizes.uniform(1), t);
      ProximalOperator.of(p).apply(y, StepSizes.uniform(1), t);
      double before = 0;
      for (int i = 0; i < n; i++) {
        double value = x.memory().get(i);
        assertThat(value)
            .as("p=%s t=%s v=%s", p, t, rising[i])
            .isFinite()
            .isBetween(0.0, rising[i]);
        // A float's rounding may break a tie between neighbours.
        assertThat(value).isGreaterThanOrEqualTo(before * (1 - 3e-7));
        assertThat((double) y.memory().get(i)).isEqualTo(value == 0 ? y.memory().get(i) : -value);
        assertThat(Math.abs(y.memory().get(i))).isEqualTo((float) value);
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
    Tensor x = TensorFixture.vector(values);
    ProximalOperator.of(p)
        .apply(x, (from, into, count) -> System.arraycopy(sizes, from, into, 0, count), 0.5);
    for (int i = 0; i < sizes.length; i++) {
      assertThat((double) x.memory().get(i))
          .isCloseTo(sizes[i] == 0 ? values[i] : prox(p, 0.5 * sizes[i], values[i]), within(1e-6));
    }
  }

  @Test
  void strengthZeroChangesNothing() {
    for (double p : new double[] {0, 0.5, 0.7, 1, 1.3, 1.5, 2, 3}) {
      Tensor x = TensorFixture.vector(-2, -1e-20, 0, 1e-20, 0.5);
      double[] before = TensorFixture.values(x);
      ProximalOperator.of(p).apply(x, StepSizes.uniform(1), 0);
      assertThat(TensorFixture.values(x)).as("p=%s", p).containsExactly(before);
    }
  }

  @Test
  void aWeightThatIsNoNumberStaysNoNumber() {
    for (double p : new double[] {0.5, 0.7, 1, 1.3, 1.5, 2, 3}) {
      Tensor x = TensorFixture.vector(Double.NaN, 1);
      ProximalOperator.of(p).apply(x, StepSizes.uniform(1), 0.1);
      assertThat(x.memory().get(0)).as("p=%s", p).isNaN();
      assertThat(x.memory().get(1)).as("p=%s", p).isFinite();
    }
  }

  private static double prox(double p, double t, double v) {
    Tensor x = TensorFixture.vector(v);
    ProximalOperator.of(p).apply(x, StepSizes.uniform(1), t);
    return x.memory().get(0);
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

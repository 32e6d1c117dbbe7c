package io.shrinklab.penalty;

import static io.shrinklab.penalty.Arrays32.doubles;
import static io.shrinklab.penalty.Arrays32.filled;
import static io.shrinklab.penalty.Arrays32.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.shrinklab.EngineExtension;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EngineExtension.class)
class PenaltyTest {
  private static final double EPSILON = 1e-8;

  /**
   * With lambda 0.5: a gradient of 0.3 is balanced at 0, of -0.8 all but 0.3; at 1 the penalty's
   * 0.5 balances -0.5, at -1 its -0.5 leaves 0.1 of 0.4. The elastic net adds 2 * 0.25 * w.
   */
  @Test
  void theImbalanceOfACornerIsWhatItDoesNotHold() {
    Penalty lasso = new LpPenalty(1, 0.5, EPSILON);
    assertThat(lasso.imbalance(floats(0, 0, 1, -1), floats(0.3, -0.8, -0.5, 0.4), 4))
        .isCloseTo(0.3, within(1e-6));
    assertThat(lasso.imbalance(floats(0, 1, -1), floats(0.3, -0.5, 0.4), 3))
        .isCloseTo(0.1, within(1e-6));
    Penalty net = new ElasticNetPenalty(0.5, 0.25);
    assertThat(net.imbalance(floats(0, 1), floats(0.5, -1), 2)).isCloseTo(0, within(1e-6));
    assertThat(net.imbalance(floats(0, 1), floats(0.5, -0.5), 2)).isCloseTo(0.5, within(1e-6));
    assertThat(new LpPenalty(3, 0.5, EPSILON).imbalance(floats(2), floats(-5), 1))
        .as("0.5 * 3 * 2^2 = 6")
        .isCloseTo(1, within(1e-5));
    assertThat(new LpPenalty(0.5, 0.5, EPSILON).imbalance(floats(2), floats(-5), 1)).isNaN();
  }

  /** A group of 0 holds a gradient of norm 1 of the 5 of (3, 4); beside it (0.6, 0.8) is held. */
  @Test
  void theImbalanceOfAGroupIsThatOfItsNorm() {
    Penalty lasso = new GroupLassoPenalty(1, 2);
    assertThat(lasso.imbalance(floats(0, 0, 3, 4), floats(3, 4, -0.6, -0.8), 4))
        .isCloseTo(4, within(1e-6));
    assertThat(lasso.imbalance(floats(0, 0, 3, 4), floats(0.6, 0.8, -0.6, 0.2), 4))
        .isCloseTo(1, within(1e-6));
  }

  /** By hand: w = (3, -4, 0), so that the powers are 1, 2, 5, 25, 91 and so on. */
  @ParameterizedTest(name = "p={0}: sum |w|^p = {1}")
  @CsvSource({"0, 2", "0.5, 3.732050808", "1, 7", "1.5, 13.196152423", "2, 25", "3, 91", "4, 337"})
  void costIsLambdaTimesThePowerSum(double p, double powerSum) {
    LpPenalty penalty = new LpPenalty(p, 0.1, EPSILON);
    assertThat(penalty.cost(floats(3, -4, 0), 3, 1)).isCloseTo(0.1 * powerSum, within(1e-8));
    assertThat(penalty.cost(floats(3, -4, 0), 3, 0.5)).isCloseTo(0.05 * powerSum, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.9, 1, 1.2, 1.5, 2, 2.5, 3, 4})
  void gradientAgreesWithCentralDifferencesOfThePowerSum(double p) {
    SplittableRandom random = new SplittableRandom(5);
    double lambda = 0.01;
    int n = 2000;
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      // Away from 0, where the smoothing of p < 1 and the corner of p = 1 are.
      w[i] = (float) ((0.05 + 2 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
    }
    double[] gradient = gradient(new LpPenalty(p, lambda, EPSILON), floats(w));
    for (int i = 0; i < n; i++) {
      double h = 1e-5 * Math.abs(w[i]);
      double difference =
          lambda * (Math.pow(Math.abs(w[i] + h), p) - Math.pow(Math.abs(w[i] - h), p)) / (2 * h);
      assertThat(gradient[i])
          .as("p=%s w=%s", p, w[i])
          .isCloseTo(difference, within(2e-5 * Math.abs(difference)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.2, 1.5, 2, 3, 3.5})
  void gradientAgreesWithAutogradFromOneOn(double p, NDManager manager) {
    NDArray w = manager.create(new float[] {-2.5f, -0.3f, 0.01f, 0.7f, 4f});
    NDArray exponent = manager.create((float) p);
    w.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(w.abs().pow(exponent).sum());
    }
    double[] expected = doubles(w.getGradient().toFloatArray());
    double[] actual = gradient(new LpPenalty(p, 1, EPSILON), floats(-2.5, -0.3, 0.01, 0.7, 4));
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5 * Math.abs(expected[i])));
    }
  }

  /** Smoothed for p below 1: p w (w^2 + eps)^(p/2 - 1), with an epsilon large enough to see. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void gradientBelowOneIsThatOfTheSmoothedPower(double p) {
    double epsilon = 0.01;
    double[] w = {-0.5, -0.1, 0.02, 0.3};
    double[] actual = gradient(new LpPenalty(p, 2, epsilon), floats(w));
    for (int i = 0; i < w.length; i++) {
      double expected = 2 * p * w[i] * Math.pow(w[i] * w[i] + epsilon, p / 2 - 1);
      assertThat(actual[i]).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8, 1, 1.1, 1.5, 2, 2.2, 3, 6})
  void gradientIsZeroAtZeroAndFiniteEverywhere(double p) {
    double[] gradient =
        gradient(new LpPenalty(p, 0.1, EPSILON), floats(0, -0.0, 1e-30, -1e-30, 1e-7, 1e3, -1e3));
    assertThat(gradient[0]).isZero();
    assertThat(gradient[1]).isZero();
    for (double value : gradient) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void gradientIsAddedToWhatIsThere() {
    float[] gradient = {10, 20, 30};
    new LpPenalty(2, 0.5, EPSILON).addGradient(floats(1, -2, 9), gradient, 2, 1);
    assertThat(gradient).containsExactly(11, 18, 30);
  }

  /** wd = 2 * lambda: the decay that makes the optimizer's own gradient that of lambda * w^2. */
  @Test
  void onlyRidgeCanBeLeftToTheOptimizer() {
    assertThat(new LpPenalty(2, 0.01, EPSILON).linearCoefficient(1)).isEqualTo(0.02);
    assertThat(new LpPenalty(2, 0.01, EPSILON).linearCoefficient(0.5)).isEqualTo(0.01);
    assertThat(new LpPenalty(1, 0.01, EPSILON).linearCoefficient(1)).isZero();
  }

  /** S(v, l1) / (1 + 2 l2): v = 2, l1 = 0.5, l2 = 0.25 gives 1. */
  @Test
  void elasticNetsOperatorIsSoftThresholdThenShrinkage() {
    float[] w = floats(2, -2, 0.4);
    new ElasticNetPenalty(0.5, 0.25).proximalStep(w, filled(3, 1), 3, 1);
    assertThat(w).containsExactly(1, -1, 0);
  }

  /** By hand: 0.5 * 3 + 0.25 * 5 = 2.75, and gradients 0.5 sign(w) + 0.5 w. */
  @Test
  void elasticNetsCostAndGradientAreTheSums() {
    ElasticNetPenalty net = new ElasticNetPenalty(0.5, 0.25);
    assertThat(net.cost(floats(2, -1), 2, 1)).isCloseTo(2.75, within(1e-12));
    assertThat(gradient(net, floats(2, -1))).containsExactly(1.5, -1);
  }

  /**
   * v * max(0, 1 - lambda / norm(v)): (3, 4) with lambda 1 gives (2.4, 3.2); a group within lambda
   * vanishes whole.
   */
  @Test
  void groupLassoShrinksWholeRows() {
    float[] w = floats(3, 4, 0.3, 0.4, 0, 0);
    new GroupLassoPenalty(1, 2).proximalStep(w, filled(6, 1), 6, 1);
    double[] after = doubles(w);
    assertThat(after[0]).isCloseTo(2.4, within(1e-6));
    assertThat(after[1]).isCloseTo(3.2, within(1e-6));
    assertThat(after).endsWith(0, 0, 0, 0);
  }

  /**
   * With sizes of their own the minimum of (x-3)^2/(2*1) + (y-4)^2/(2*0.25) + |(x, y)| is where (x
   * - 3) / 1 + x / n = 0 and (y - 4) / 0.25 + y / n = 0, n the norm: what is checked here is that
   * both hold.
   */
  @Test
  void groupLassoWithUnequalStepSizesIsStationary() {
    float[] w = floats(3, 4);
    new GroupLassoPenalty(1, 2).proximalStep(w, floats(1, 0.25), 2, 1);
    double[] x = doubles(w);
    double norm = Math.hypot(x[0], x[1]);
    assertThat((x[0] - 3) / 1 + x[0] / norm).isCloseTo(0, within(1e-5));
    assertThat((x[1] - 4) / 0.25 + x[1] / norm).isCloseTo(0, within(1e-5));
  }

  /**
   * Step sizes from 1e-3 to 1e5, as Adam has them where some inputs are always 0: either every
   * element satisfies (x - w) / s + lambda x / norm(x) = 0, or the group is 0 and no direction
   * leads down from there, norm(w / s) <= lambda.
   */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-3, 0.1, 3})
  void groupLassoWithStepSizesFarApartIsTheMinimum(double lambda) {
    SplittableRandom random = new SplittableRandom(13);
    int length = 77;
    for (int trial = 0; trial < 50; trial++) {
      double[] w = new double[length];
      double[] s = new double[length];
      for (int i = 0; i < length; i++) {
        w[i] = (float) (random.nextDouble() - 0.5);
        s[i] = (float) Math.pow(10, -3 + (random.nextInt(4) == 0 ? 8 : 2) * random.nextDouble());
      }
      float[] x = floats(w);
      new GroupLassoPenalty(lambda, length).proximalStep(x, floats(s), length, 1);
      double norm = 0;
      double pull = 0;
      for (int i = 0; i < length; i++) {
        norm += (double) x[i] * x[i];
        pull += w[i] / s[i] * (w[i] / s[i]);
      }
      if (norm == 0) {
        assertThat(Math.sqrt(pull)).isLessThanOrEqualTo(lambda * 1.000001);
        continue;
      }
      for (int i = 0; i < length; i++) {
        double expected = w[i] / (1 + s[i] * lambda / Math.sqrt(norm));
        assertThat((double) x[i]).isCloseTo(expected, within(1e-5 * Math.abs(w[i])));
      }
    }
  }

  /** Norms 5, 0.5 and 0: cost 5.5; gradients are w over its norm, 0 for the group that is 0. */
  @Test
  void groupLassosCostIsTheSumOfNorms() {
    float[] w = floats(3, 4, 0.3, 0.4, 0, 0);
    GroupLassoPenalty lasso = new GroupLassoPenalty(1, 2);
    assertThat(lasso.cost(w, 6, 1)).isCloseTo(5.5, within(1e-6));
    double[] gradient = gradient(lasso, w);
    double[] expected = {0.6, 0.8, 0.6, 0.8, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  /**
   * Outmezguine and Levi 2024: gradient descent on (w - 2)^2 / 2 with lambda 0.25 settles where w -
   * 2 + lambda p |w|^(p-1) = 0.
   */
  @ParameterizedTest(name = "p={0} from {1} settles at {2}")
  @CsvSource({
    "0.5, 1.5, 1.909542",
    "1, 1, 1.75",
    "1.5, 1, 1.535342",
    "2, 1, 1.333333",
    "3, 1, 1.097168",
  })
  void decoupledStepsSettleAtTheFixedPoint(double p, double start, double expected) {
    LpPenalty penalty = new LpPenalty(p, 0.25, EPSILON);
    float[] w = floats(start);
    double rate = 0.01;
    for (int step = 0; step < 20_000; step++) {
      float[] old = w.clone();
      w[0] -= (float) (rate * (w[0] - 2));
      penalty.decoupledStep(w, old, 1, rate, 1);
    }
    assertThat((double) w[0]).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.3, 1.5})
  void zeroAbsorbsInDecoupledStepsBelowTwo(double p) {
    float[] w = floats(0.1, 0.1);
    new LpPenalty(p, 0.25, EPSILON).decoupledStep(w, floats(0, 1), 2, 0.01, 1);
    assertThat(w[0]).isZero();
    assertThat(w[1]).isGreaterThan(0.09f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 2.5, 3})
  void zeroIsLeftFreelyInDecoupledStepsFromTwoOn(double p) {
    float[] w = floats(0.1);
    new LpPenalty(p, 0.25, EPSILON).decoupledStep(w, floats(0), 1, 0.01, 1);
    assertThat((double) w[0]).isCloseTo(p == 2 ? 0.1 / 1.005 : 0.1, within(1e-7));
  }

  @Test
  void aPenaltyWithoutAnOperatorSaysSo() {
    assertThatThrownBy(
            () -> new GroupLassoPenalty(1, 1).decoupledStep(floats(1), floats(1), 1, 0.1, 1))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no decoupled step");
  }

  private static double[] gradient(Penalty penalty, float[] weights) {
    float[] gradient = new float[weights.length];
    penalty.addGradient(weights, gradient, weights.length, 1);
    return doubles(gradient);
  }
}

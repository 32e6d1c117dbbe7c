package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MinPTest {
  private static final double[] UP = {0.5, 0.5, -0.5, -0.5};
  private static final double[] ACROSS = {0.5, -0.5, 0.5, -0.5};

  private static double[] ones(int count) {
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return weights;
  }

  @Test
  void aLoneComparisonKeepsItsPValue() {
    MinP alone = new MinP(new double[][] {UP}, ones(1));

    assertThat(alone.adjusted(0.03)).isEqualTo(0.03);
    assertThat(alone.critical(0.05)).isEqualTo(0.05);
  }

  @Test
  void twinsCountAsOne() {
    MinP twins = new MinP(new double[][] {UP, UP, UP, UP}, ones(4));

    // Three standard errors of a share of 20,000 draws.
    assertThat(twins.critical(0.05)).isCloseTo(0.05, within(0.005));
    assertThat(twins.adjusted(0.05)).isCloseTo(0.05, within(0.005));
  }

  @Test
  void unrelatedComparisonsCountInFull() {
    MinP two = new MinP(new double[][] {UP, ACROSS}, ones(2));

    // Sidak: 1 - (1 - 0.0253)^2 = 0.05.
    assertThat(two.critical(0.05)).isCloseTo(0.0253, within(0.0025));
    assertThat(two.adjusted(0.3)).isCloseTo(0.51, within(0.011));
  }

  @Test
  void aPValueIsWithinTheLevelExactlyWhereItIsWithinTheCriticalOne() {
    MinP several = new MinP(new double[][] {UP, ACROSS, UP, {0.5, -0.5, -0.5, 0.5}}, ones(4));
    double critical = several.critical(0.05);

    assertThat(several.adjusted(critical)).isLessThanOrEqualTo(0.05);
    assertThat(several.adjusted(Math.nextUp(critical))).isGreaterThan(0.05);
    assertThat(several.critical(0.01)).isLessThan(critical);
  }

  @Test
  void neverMoreThanBonferroniSays() {
    MinP two = new MinP(new double[][] {UP, ACROSS}, ones(2));

    assertThat(two.adjusted(1e-12)).isEqualTo(2e-12);
    assertThat(two.adjusted(0.9)).isLessThanOrEqualTo(1);
    assertThat(two.adjusted(Double.NaN)).isNaN();
  }

  @Test
  void weightsShareTheErrorOut() {
    // The second may claim a quarter of what the first may: 0.05 / 1.25 for the first.
    MinP weighted = new MinP(new double[][] {UP, ACROSS}, new double[] {1, 0.25});

    assertThat(weighted.critical(0.05)).isCloseTo(0.04, within(0.005));
  }

  @Test
  void correlationsOfFewSeedsAreMostlyNoise() {
    // r = 0: variance 1 / 3 over squares 0 is more than all.
    assertThat(MinP.noise(new double[][] {UP, ACROSS})).isEqualTo(1);
    // r = 1 has no variance.
    assertThat(MinP.noise(new double[][] {UP, UP})).isZero();
    // r = 0.5 of three seeds: (1 - 0.25)^2 / 2 over 0.25 is more than 1.
    double half = Math.sqrt(0.5);
    double sixth = Math.sqrt(1.0 / 6);
    assertThat(MinP.noise(new double[][] {{half, -half, 0}, {half, 0, -half}})).isEqualTo(1);
    // r = sqrt(3) / 2: (1 - 0.75)^2 / 2 / 0.75 = 0.041667.
    assertThat(MinP.noise(new double[][] {{half, -half, 0}, {sixth, -2 * sixth, sixth}}))
        .isCloseTo(0.041667, within(1e-6));
  }

  @Test
  void differencesThatDoNotVaryAreRelatedToNone() {
    MinP still = new MinP(new double[][] {UP, new double[4]}, ones(2));

    assertThat(still.critical(0.05)).isCloseTo(0.0253, within(0.0025));
  }
}

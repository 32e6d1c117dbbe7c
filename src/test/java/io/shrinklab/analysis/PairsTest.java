package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairsTest {
  private static final double[] ORACLE = {12, 4, 9, -2, 7, 11, 3, 6, 1, 8};

  private static Pairs pairs(double[] variant, double[] baseline) {
    Pairs pairs = new Pairs();
    for (int i = 0; i < variant.length; i++) {
      pairs.add(i, variant[i], baseline[i]);
    }
    return pairs;
  }

  private static Pairs differing(double... differences) {
    Pairs pairs = new Pairs();
    for (int i = 0; i < differences.length; i++) {
      pairs.add(i, 0.9 + differences[i], 0.9);
    }
    return pairs;
  }

  private static double[] thousandths() {
    double[] differences = ORACLE.clone();
    for (int i = 0; i < differences.length; i++) {
      differences[i] /= 1000;
    }
    return differences;
  }

  @Test
  void plainPairedT() {
    PairedDifference difference = differing(thousandths()).difference(0);

    assertThat(difference.t()).isCloseTo(4.208326, within(1e-6));
    assertThat(difference.pValue()).isCloseTo(0.00228, within(5e-6));
    // scipy.stats.ttest_1samp(...).confidence_interval(0.95)
    assertThat(difference.low()).isCloseTo(0.002728494741, within(1e-11));
    assertThat(difference.high()).isCloseTo(0.009071505259, within(1e-11));
  }

  @Test
  void nadeauBengio() {
    PairedDifference difference = differing(thousandths()).difference(1.0 / 9);

    assertThat(difference.t()).isCloseTo(2.896368, within(1e-6));
    assertThat(difference.pValue()).isCloseTo(0.01770, within(5e-6));
    assertThat(difference.low()).isPositive();
  }

  @Test
  void agreesWithScipyOnPairsOfScores() {
    // scipy.stats: pearsonr, ttest_rel and its confidence_interval
    PairedDifference difference =
        pairs(new double[] {.92, .935, .90, .95, .925}, new double[] {.91, .93, .90, .94, .92})
            .difference(0);

    assertThat(difference.correlation()).isCloseTo(0.982511306374275, within(1e-9));
    assertThat(difference.t()).isCloseTo(3.2071349029490928, within(1e-9));
    assertThat(difference.pValue()).isCloseTo(0.03267792333680298, within(1e-9));
    assertThat(difference.low()).isCloseTo(0.000805746831582162, within(1e-9));
    assertThat(difference.high()).isCloseTo(0.011194253168417849, within(1e-9));
  }

  @Test
  void noDifferenceAnywhereIsNoEvidence() {
    PairedDifference difference = differing(0, 0, 0, 0).difference(0);

    assertThat(difference.mean()).isZero();
    assertThat(difference.standardDeviation()).isZero();
    assertThat(difference.pValue()).isEqualTo(1);
  }

  @Test
  void equalDifferencesAreJudgedByTheirSigns() {
    // 0.94 - 0.93, 0.95 - 0.94 and so on differ in the last bits: that is not variation.
    PairedDifference difference =
        pairs(new double[] {.94, .95, .96, .97, .98}, new double[] {.93, .94, .95, .96, .97})
            .difference(0);

    assertThat(difference.standardDeviation()).isZero();
    assertThat(difference.mean()).isCloseTo(0.01, within(1e-9));
    assertThat(difference.pValue()).isCloseTo(0.0625, within(1e-12));
  }

  @Test
  void equalDifferencesAboveOneAreEqualToo() {
    // R2 has no lower end.
    PairedDifference difference =
        pairs(new double[] {-3.1, -3.2, -3.3}, new double[] {-4.2, -4.3, -4.4}).difference(0);

    assertThat(difference.standardDeviation()).isZero();
    assertThat(difference.mean()).isCloseTo(1.1, within(1e-9));
    assertThat(difference.pValue()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void twoPairsGiveNoInterval() {
    PairedDifference difference = differing(.01, .02).difference(0);

    assertThat(difference.hasInterval()).isFalse();
    assertThat(difference.mean()).isCloseTo(0.015, within(1e-9));
    assertThat(difference.low()).isNaN();
    assertThat(difference.high()).isNaN();
    assertThat(difference.t()).isNaN();
    assertThat(difference.pValue()).isNaN();
  }

  @Test
  void noPairsGiveNothing() {
    PairedDifference difference = new Pairs().difference(0);

    assertThat(difference.n()).isZero();
    assertThat(difference.mean()).isNaN();
    assertThat(difference.pValue()).isNaN();
    assertThat(difference.correlation()).isNaN();
  }

  @Test
  void scoresThatDoNotVaryHaveNoCorrelation() {
    assertThat(differing(.01, .02, .03).difference(0).correlation()).isNaN();
  }
}

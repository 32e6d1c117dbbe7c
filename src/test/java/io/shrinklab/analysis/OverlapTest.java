package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.testing.ASpec;
import org.junit.jupiter.api.Test;

/** Ratios by hand: rho / (1 - rho). */
class OverlapTest {
  private static void assertLayout(PartSizes sizes, Layout layout, double ratio) {
    assertThat(Overlap.layout(DataSpec.Split.PER_SEED, sizes)).isEqualTo(layout);
    assertThat(Overlap.ratio(sizes)).isCloseTo(ratio, within(1e-12));
    assertThat(Overlap.layout(DataSpec.Split.FIXED, sizes)).isEqualTo(Layout.ONE_SPLIT);
  }

  @Test
  void outOfOnePoolSeedsShareBothShares() {
    // 1/10 * 9/10 / (1 - 1/20) = 9/95; 9/86.
    assertLayout(new PartSizes(900, 100, 0, 1000, 0), Layout.ONE_POOL, 9.0 / 86);
    // 1/6 * 5/6 / (1 - 1/12) = 5/33; 5/28.
    assertLayout(new PartSizes(50_000, 10_000, 10_000, 60_000, 0), Layout.ONE_POOL, 5.0 / 28);
    // 180,000 / (1797 * 1497) = 180,000 / 2,690,109.
    assertLayout(new PartSizes(300, 600, 897, 1797, 0), Layout.ONE_POOL, 180_000.0 / 2_510_109);
    assertThat(Overlap.ratio(new PartSizes(300, 600, 0, 1_000_000, 0))).isLessThan(1e-6);
  }

  @Test
  void fromPoolsOfTheirOwnHalfOfTheVarianceIsOfValidationRowsAlone() {
    // 1/2 * (1 + 7/8) / 2 = 15/32; 15/17.
    assertLayout(new PartSizes(700, 200, 0, 800, 400), Layout.OWN_VALIDATION_POOL, 15.0 / 17);
    // 2/3 * (1 + 1/2) / 2 = 1/2.
    assertLayout(new PartSizes(2000, 1000, 0, 4000, 1500), Layout.OWN_VALIDATION_POOL, 1);
    // The pools may be of one size: 1/4 * (1 + 1/2) / 2 = 3/16; 3/13.
    assertLayout(new PartSizes(400, 200, 0, 800, 800), Layout.OWN_VALIDATION_POOL, 3.0 / 13);
  }

  @Test
  void whereOnePartIsTheSameForAllSeedsTheOthersShareCounts() {
    assertLayout(new PartSizes(500, 300, 0, 1000, 300), Layout.SAME_VALIDATION_ROWS, 1);
    assertLayout(new PartSizes(300, 10, 0, 1200, 10), Layout.SAME_VALIDATION_ROWS, 1.0 / 3);
    assertLayout(new PartSizes(800, 200, 0, 800, 400), Layout.SAME_TRAINING_ROWS, 1);
    assertLayout(new PartSizes(800, 100, 0, 800, 400), Layout.SAME_TRAINING_ROWS, 1.0 / 3);
  }

  @Test
  void ofTheTrainingScoreOnlyTrainingRowsCount() {
    // 4/5 * 9/10 = 18/25; 18/7. 7/8 * 15/16 = 105/128; 105/23.
    assertTraining(new PartSizes(400, 100, 0, 500, 0), 18.0 / 7);
    assertTraining(new PartSizes(700, 200, 0, 800, 400), 105.0 / 23);
    // 300 * 2097 / (2 * 1797^2) = 629,100 / 6,458,418; 1/2 * 3/4 = 3/8; 9/10 * 19/20 = 171/200.
    assertTraining(new PartSizes(300, 600, 897, 1797, 0), 629_100.0 / 5_829_318);
    assertTraining(new PartSizes(500, 300, 0, 1000, 300), 0.6);
    assertTraining(new PartSizes(800, 200, 0, 800, 400), 0);
    assertTraining(new PartSizes(800, 400, 0, 800, 400), 0);
    assertTraining(new PartSizes(900, 100, 50, 0, 0), 171.0 / 29);
  }

  private static void assertTraining(PartSizes sizes, double ratio) {
    assertThat(Overlap.trainingRatio(sizes)).isCloseTo(ratio, within(1e-9));
  }

  @Test
  void whereAllSeedsSeeAllRowsThereIsNothingToDraw() {
    assertLayout(new PartSizes(800, 400, 50, 800, 400), Layout.ONE_SPLIT, 0);
  }

  @Test
  void trainingRowsVaryWhereSeedsDrawThem() {
    assertThat(Layout.values())
        .filteredOn(Layout::drawsTraining)
        .containsExactly(
            Layout.OWN_ROWS,
            Layout.ONE_POOL,
            Layout.OWN_VALIDATION_POOL,
            Layout.SAME_VALIDATION_ROWS);
  }

  @Test
  void aPoolThatIsNotKnownCountsAsUsedUp() {
    assertLayout(new PartSizes(900, 100, 50, 0, 0), Layout.ONE_POOL, 9.0 / 86);
  }

  @Test
  void aTestPartOfItsOwnOverlapsAsValidationDoes() {
    DataSpec data = ASpec.digits(60, 20, DataSpec.Split.PER_SEED);
    // 10,000 test rows that are not among the 60,000 drawn from: rho = 10 / 60, ratio 1 / 5.
    PartSizes own = new PartSizes(10_000, 10_000, 10_000, 60_000, 0);
    assertThat(Overlap.test(data, own)).isCloseTo(0.2, within(1e-12));
    // Drawn from it: rho = 20 / 100 * 60 / (100 - 10) = 2 / 15; 2 / 13 = 0.153846
    PartSizes drawn = new PartSizes(60, 20, 20, 100, 0);
    assertThat(Overlap.test(data, drawn)).isCloseTo(0.153846, within(1e-6));
  }

  @Test
  void rowsOfTheirOwnShareNothing() {
    assertLayout(new PartSizes(300, 600, 0, PartSizes.UNLIMITED, 0), Layout.OWN_ROWS, 0);
    assertTraining(new PartSizes(300, 600, 0, PartSizes.UNLIMITED, 0), 0);
  }

  @Test
  void oneSplitForAllSeedsHasNoRatio() {
    DataSpec data = ASpec.digits(60, 20, DataSpec.Split.FIXED);
    PartSizes sizes = new PartSizes(60, 20, 20, 100, 0);
    assertThat(Overlap.validation(data, sizes)).isZero();
    assertThat(Overlap.test(data, sizes)).isZero();
    assertThat(Overlap.validation(data, null)).isZero();
  }
}

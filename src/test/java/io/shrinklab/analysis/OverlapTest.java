package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
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
    // 9/10 * 1/10 = 9/100; 9/91.
    assertLayout(new PartSizes(900, 100, 0, 1000, 0), Layout.ONE_POOL, 9.0 / 91);
    // 5/6 * 1/6 = 5/36; 5/31.
    assertLayout(new PartSizes(50_000, 10_000, 10_000, 60_000, 0), Layout.ONE_POOL, 5.0 / 31);
    // 180,000 / 1797^2 = 180,000 / 3,229,209.
    assertLayout(new PartSizes(300, 600, 897, 1797, 0), Layout.ONE_POOL, 180_000.0 / 3_049_209);
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
    // 4/5; 4. 7/8; 7. 300/1797; 300/1497.
    assertTraining(new PartSizes(400, 100, 0, 500, 0), 4);
    assertTraining(new PartSizes(700, 200, 0, 800, 400), 7);
    assertTraining(new PartSizes(300, 600, 897, 1797, 0), 300.0 / 1497);
    assertTraining(new PartSizes(500, 300, 0, 1000, 300), 1);
    assertTraining(new PartSizes(800, 200, 0, 800, 400), 0);
    assertTraining(new PartSizes(800, 400, 0, 800, 400), 0);
    assertTraining(new PartSizes(900, 100, 50, 0, 0), 9);
  }

  private static void assertTraining(PartSizes sizes, double ratio) {
    assertThat(Overlap.trainingRatio(sizes)).isCloseTo(ratio, within(1e-9));
  }

  @Test
  void whereAllSeedsSeeAllRowsThereIsNothingToDraw() {
    assertLayout(new PartSizes(800, 400, 50, 800, 400), Layout.ONE_SPLIT, 0);
  }

  @Test
  void aClaimReachesBeyondThoseRowsThatSeedsDraw() {
    assertThat(Layout.values())
        .filteredOn(Layout::beyondTraining)
        .containsExactly(Layout.ONE_POOL, Layout.OWN_VALIDATION_POOL, Layout.SAME_VALIDATION_ROWS);
    assertThat(Layout.values())
        .filteredOn(Layout::beyondValidation)
        .containsExactly(Layout.ONE_POOL, Layout.OWN_VALIDATION_POOL, Layout.SAME_TRAINING_ROWS);
  }

  @Test
  void aPoolThatIsNotKnownCountsAsUsedUp() {
    assertLayout(new PartSizes(900, 100, 50, 0, 0), Layout.ONE_POOL, 9.0 / 91);
  }
}

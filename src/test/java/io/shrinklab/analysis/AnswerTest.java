package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {

  /** Ten seeds; the first epoch gains {@code early}, the last one {@code late}. */
  private static SweepAnalysis gaining(double early, double late) {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("l2", 0.01);
    for (int seed = 0; seed < 10; seed++) {
      double start = 0.90 + 0.005 * (seed % 5);
      double jitter = seed % 2 == 0 ? 0.001 : -0.001;
      sweep.run("none", seed, 1, start, start - 0.05);
      sweep.run("l2", seed, 1, start + early + jitter, start - 0.05 + late + jitter);
    }
    return sweep.analysis();
  }

  @Test
  void aGainThatOnlyShowsWithoutEarlyStopping() {
    assertThat(gaining(0.0001, 0.04).answer())
        .containsExactly(
            "Best on validation is l2, with a mean accuracy of 0.9101 over 10 seeds: +0.0001"
                + " against none, which may be luck (adjusted p = 0.771; a true difference of"
                + " 0.0012 would probably have been found).",
            "At the best epoch no variant is shown to differ from the baseline; overfitting by the"
                + " last epoch: 2 variants.",
            "Without early stopping l2 helps most: +0.0400 at the last epoch (adjusted p < 0.001),"
                + " against +0.0001 at the best epoch.");
  }

  @Test
  void aGainAtTheBestEpoch() {
    assertThat(gaining(0.02, -0.02).answer())
        .containsExactly(
            "Best on validation is l2, with a mean accuracy of 0.9300 over 10 seeds: +0.0200"
                + " against none, which is more than luck (adjusted p < 0.001).",
            "At the best epoch: better than the baseline: l2; overfitting by the last epoch: 2"
                + " variants.",
            "At the last epoch no variant is shown to be better than the baseline.");
  }

  @Test
  void numbersDoNotFollowTheLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    java.util.Locale.setDefault(java.util.Locale.GERMANY);
    try {
      assertThat(gaining(0.02, -0.02).answer().get(0)).contains("0.9300").contains("+0.0200");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  @Test
  void severalSettingsAreCountedAndNotListed() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .variant("none", "wide", "{\"kind\": \"none\"}")
            .variant("none", "deep", "{\"kind\": \"none\"}")
            .scores("none-wide", .90, .91, .92)
            .scores("none-deep", .80, .81, .82)
            .analysis();

    assertThat(analysis.answer().get(0))
        .isEqualTo(
            "In 0 of 2 settings the variant that is best on validation beats the baseline by more"
                + " than luck; the highest mean accuracy of all is none-wide's, 0.9100.");
  }

  @Test
  void noCommonSeedIsTold() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(2)
            .none()
            .l2("l2", 1)
            .score("none", 0, .9)
            .score("l2", 1, .9)
            .analysis();

    assertThat(analysis.selections()).isEmpty();
    assertThat(analysis.answer())
        .containsExactly(
            "No two variants completed the same seeds yet, so none can be called the best.",
            "At the best epoch: seen with too few seeds: l2.");
  }
}

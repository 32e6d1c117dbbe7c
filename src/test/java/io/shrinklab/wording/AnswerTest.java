package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import java.util.List;
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
    assertThat(Answer.of(gaining(0.0001, 0.04)))
        .satisfiesExactly(
            // 0.0001 and half an interval of 0.000754 (t), to which the sweep's other quantities
            // add.
            first ->
                assertThat(first)
                    .matches(
                        "No variant is shown to beat none on validation accuracy: a gain of more than"
                            + " 0\\.00(09|10) is ruled out\\."),
            next ->
                assertThat(next)
                    .matches(
                        "Next: 40 seeds in all would find a difference of 0\\.000\\d four times out"
                            + " of five; l2 is open\\."),
            overfit -> assertThat(overfit).isEqualTo("By the last epoch none and l2 overfit."),
            best ->
                assertThat(best)
                    .isEqualTo("Highest mean validation accuracy: l2, 0.9101 over 10 seeds."),
            late ->
                assertThat(late)
                    .matches(
                        "Without early stopping l2 helps most: \\+0\\.0400 \\[\\+0\\.03\\d\\d,"
                            + " \\+0\\.04\\d\\d\\] at the last epoch, against \\+0\\.0001 at the"
                            + " best epoch\\."));
  }

  @Test
  void aGainAtTheBestEpochComesFirst() {
    List<String> answer = Answer.of(gaining(0.02, -0.02));

    assertThat(answer.get(0))
        .isEqualTo("l2 beats none: +0.0200 [+0.0192, +0.0208] validation accuracy (10 seeds).");
    assertThat(answer.get(1)).isEqualTo("Nothing is left open: every comparison is decided.");
    assertThat(answer)
        .contains(
            "At the best epoch l2 is better. By the last epoch none and l2 overfit.",
            "At the last epoch no variant is shown to be better than the baseline.");
  }

  @Test
  void overlappingSplitsAskForRowsAndNotForSeeds() {
    HandMade sweep = HandMade.splitPerSeed(40).none().l2("l2", 1);
    for (int seed = 0; seed < 40; seed++) {
      sweep.score("none", seed, .9).score("l2", seed, .9 + 0.001 * (seed % 7 - 3));
    }

    assertThat(Answer.of(sweep.analysis()).get(1))
        .startsWith("Next: more rows, not more seeds: l2 is open, and however many seeds");
  }

  @Test
  void missingRunsComeBeforeAnyOtherStep() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("l2", 1);
    for (int seed = 0; seed < 9; seed++) {
      sweep.score("none", seed, .9 + 0.001 * seed).score("l2", seed, .9 + 0.001 * (seed % 3));
    }

    assertThat(Answer.of(sweep.analysis()).get(1))
        .isEqualTo("Next: train what this lacks, 2 runs; the answer may be another with them.");
  }

  @Test
  void numbersDoNotFollowTheLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    java.util.Locale.setDefault(java.util.Locale.GERMANY);
    try {
      assertThat(Answer.of(gaining(0.02, -0.02)).get(0)).contains("+0.0200 [+0.0192, +0.0208]");
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

    assertThat(Answer.of(analysis))
        .containsExactly(
            "There is no other variant to compare with the baseline.",
            "Nothing is left open: every comparison is decided.",
            "Highest mean validation accuracy of 2 settings: none-wide, 0.9100 over 3 seeds.");
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
    assertThat(Answer.of(analysis))
        .containsExactly(
            "Nothing can be told from luck yet: no variant and its baseline have three completed seeds"
                + " in common.",
            "Next: train what this lacks, 2 runs; the answer may be another with them.",
            "At the best epoch l2 has too few seeds.",
            "No two variants completed the same seeds yet, so none can be called the best.");
  }

  @Test
  void ofTheLastEpochOnlyWhatIsShownToBeBetterIsCalledHelpful() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("steady", 1).l2("wild", 2);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = 0.0001 * (seed % 3);
      sweep.run("none", seed, 1, 0.80, 0.70);
      sweep.run("steady", seed, 1, 0.80, 0.72 + jitter);
      // Mean gain 0.03, standard error 0.057: larger, and no more than luck.
      sweep.run("wild", seed, 1, 0.80, seed % 2 == 0 ? 0.90 : 0.56);
    }

    assertThat(Answer.of(sweep.analysis()))
        .anyMatch(sentence -> sentence.startsWith("Without early stopping steady helps"));
  }

  @Test
  void ofSeveralSettingsItSaysInHowManyAPenaltyHelpsAtTheEnd() {
    HandMade sweep =
        HandMade.fixedSplit(5)
            .variant("none", "wide", "{\"kind\": \"none\"}")
            .lp("l2", "wide", 2, 1)
            .variant("none", "deep", "{\"kind\": \"none\"}")
            .lp("l2", "deep", 2, 1);
    for (int seed = 0; seed < 5; seed++) {
      double jitter = 0.0001 * seed;
      sweep.run("none-wide", seed, 1, 0.80, 0.70);
      sweep.run("l2-wide", seed, 1, 0.80, 0.75 + jitter);
      sweep.run("none-deep", seed, 1, 0.80, 0.70);
      sweep.run("l2-deep", seed, 1, 0.80, 0.70);
    }

    // 0, 1, 2, 3 and 4 tenths of a thousandth above 0.05: 0.0502 on the mean.
    assertThat(Answer.of(sweep.analysis()))
        .anyMatch(
            sentence ->
                sentence.startsWith(
                    "Without early stopping a variant is better than the baseline in 1 of 2"
                        + " settings; l2-wide helps most: +0.0502 ["));
  }

  @Test
  void aLoneBaselineHasNothingToBeComparedWith() {
    assertThat(Answer.of(HandMade.fixedSplit(3).none().scores("none", .9, .91, .92).analysis()))
        .containsExactly(
            "There is no other variant to compare with the baseline.",
            "Nothing is left open: every comparison is decided.",
            "Highest mean validation accuracy: none, 0.9100 over 3 seeds.");
  }

  @Test
  void noResultsAtAllAreNoError() {
    assertThat(Answer.of(HandMade.fixedSplit(3).none().l2("l2", 1).analysis()))
        .containsExactly("No run has completed yet, so there is nothing to say.");
  }
}

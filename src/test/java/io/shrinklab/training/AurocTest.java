package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AurocTest {

  /** Four pairs of a positive and a negative row; the positive one scores higher in three. */
  @Test
  void isTheShareOfPairsInTheRightOrder() {
    assertThat(Auroc.of(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, truth(0, 0, 1, 1))).isEqualTo(0.75);
    assertThat(Auroc.of(new float[] {1, 2, 3}, truth(0, 1, 1))).isEqualTo(1);
    assertThat(Auroc.of(new float[] {1, 2, 3}, truth(1, 0, 0))).isEqualTo(0);
  }

  @Test
  void aTieCountsOneHalf() {
    assertThat(Auroc.of(new float[] {5, 5}, truth(0, 1))).isEqualTo(0.5);
    // Pairs (2, 1) right, (2, 2) tied, (3, 1), (3, 2) right: 3.5 of 4.
    assertThat(Auroc.of(new float[] {1, 2, 2, 3}, truth(0, 0, 1, 1))).isEqualTo(0.875);
    assertThat(Auroc.of(new float[] {-0f, 0f}, truth(0, 1))).isEqualTo(0.5);
  }

  @Test
  void isUndefinedWithOneClassOnlyOrWithNaN() {
    assertThat(Auroc.of(new float[] {1, 2}, truth(1, 1))).isNaN();
    assertThat(Auroc.of(new float[] {1, 2}, truth(0, 0))).isNaN();
    assertThat(Auroc.of(new float[] {1, Float.NaN}, truth(0, 1))).isNaN();
    assertThat(Auroc.of(new float[0], new boolean[0])).isNaN();
  }

  /**
   * scikit-learn 1.9.1, roc_auc_score on these 40 rows of 3 labels with many ties: 0.441176,
   * 0.429668, 0.482097, macro 0.450981.
   */
  @Test
  void agreesWithScikitLearnOnTiedScores() {
    float[] scores = new float[120];
    boolean[] positive = new boolean[120];
    for (int i = 0; i < 40; i++) {
      for (int k = 0; k < 3; k++) {
        scores[i * 3 + k] = (7 * i * i + 3 * i + 5 * k) % 11;
        positive[i * 3 + k] = (5 * i + 3 * i * k + k) % 7 < 3;
      }
    }
    assertThat(Auroc.macro(scores, positive, 3)).isCloseTo(0.45098039215686275, within(1e-12));
    float[] second = new float[40];
    boolean[] truth = new boolean[40];
    for (int i = 0; i < 40; i++) {
      second[i] = scores[i * 3 + 1];
      truth[i] = positive[i * 3 + 1];
    }
    assertThat(Auroc.of(second, truth)).isCloseTo(0.42966751918158563, within(1e-12));
  }

  @Test
  void labelsWithOneClassOnlyAreLeftOutOfTheMean() {
    float[] scores = {1, 9, 2, 9, 3, 9};
    assertThat(Auroc.macro(scores, truth(0, 1, 0, 1, 1, 1), 2)).isEqualTo(1);
    assertThat(Auroc.macro(scores, truth(1, 1, 1, 1, 1, 1), 2)).isNaN();
    scores[4] = Float.NaN;
    assertThat(Auroc.macro(scores, truth(0, 1, 0, 1, 1, 1), 2)).isNaN();
  }

  private static boolean[] truth(int... flags) {
    boolean[] truth = new boolean[flags.length];
    for (int i = 0; i < flags.length; i++) {
      truth[i] = flags[i] == 1;
    }
    return truth;
  }
}

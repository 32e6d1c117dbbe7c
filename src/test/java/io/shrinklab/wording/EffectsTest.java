package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.Factor;
import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectsTest {
  private static final Factor RATE =
      new Factor(
          "optimizer.learningRate",
          List.of("training.batchSize"),
          List.of("0.01", "0.1"),
          Map.of("xu", "0.01", "xv", "0.01", "yu", "0.1", "yv", "0.1", "zu", "1"));
  private static final Factor LAMBDA =
      new Factor(
          "penalty.lambda",
          List.of(),
          List.of("0.5"),
          Map.of("xu", "", "xv", "0.5", "yu", "", "yv", "0.5", "zu", ""));

  private static HandMade sweep() {
    return HandMade.fixedSplit(3)
        .l2("xu", 1)
        .l2("xv", 2)
        .l2("yu", 3)
        .l2("yv", 4)
        .scores("xu", 0.5, 0.5, 0.375)
        .scores("xv", 0.625, 0.5, 0.5)
        .scores("yu", 0.75, 0.625, 0.75)
        .scores("yv", 0.75, 0.875, 0.625);
  }

  private static MainEffects effects(HandMade sweep) {
    return MainEffects.of(
        sweep.analysis().variants(), Claim.THESE_ROWS, List.of(LAMBDA, RATE), sweep.records());
  }

  /** The shares 484/524, 36/524 and 4/524, and the means, are those of MainEffectsTest. */
  @Test
  void theSettingThatMattersMostComesFirstWithItsEnds() {
    List<String> sentences = Effects.of(effects(sweep()), "accuracy");

    assertThat(sentences).hasSize(3);
    assertThat(sentences.get(0))
        .startsWith(
            "optimizer.learningRate (with training.batchSize) goes with 92 % of the variation"
                + " between the variants' mean accuracy: 0.5000 at 0.01, 0.7292 at 0.1 (p = 0.0")
        .endsWith(").");
    assertThat(sentences.get(1))
        .startsWith(
            "penalty.lambda goes with 7 % of the variation between the variants' mean accuracy:"
                + " 0.5833 at none, 0.6458 at 0.5; not told from luck (p = ");
    assertThat(sentences.get(2)).startsWith("1 % goes with no single setting");
    assertThat(Effects.rule(effects(sweep())))
        .contains("seed by seed over 3 seeds", "simultaneous 95 % intervals");
  }

  @Test
  void whatDoesNotEnterIsNamed() {
    HandMade sweep =
        sweep()
            .l2("zu", 5)
            .ended("zu", 0, RunStatus.DIVERGED, "loss is NaN", new HandMade.Scores(0.5, 0.5));

    assertThat(Effects.of(effects(sweep), "accuracy"))
        .endsWith("Not among these, since runs diverged or too few completed: zu.");
  }

  @Test
  void withoutNumbersStandsWhy() {
    MainEffects nothing = effects(HandMade.fixedSplit(3).l2("xu", 1).l2("yu", 2));

    assertThat(Effects.of(nothing, "accuracy"))
        .containsExactly(
            "penalty.lambda has no main effect here: no seed was completed by all variants.",
            "optimizer.learningRate (with training.batchSize) has no main effect here: no seed was"
                + " completed by all variants.");
    assertThat(Effects.rule(nothing)).isEmpty();
    assertThat(Effects.rule(MainEffects.NONE)).isEmpty();
  }
}

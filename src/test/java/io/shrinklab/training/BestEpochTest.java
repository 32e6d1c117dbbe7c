package io.shrinklab.training;

import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which epoch a run is judged by, where its test part is read, and when it ends before its last.
 */
@ExtendWith(EngineExtension.class)
class BestEpochTest {

  @Test
  void theBestEpochIsTheFirstOfTheHighestValidationScore() throws Exception {
    RunOutcome outcome = spec().optimizer(Specs.sgd(0.1, 0.9)).epochs(25).train();
    EpochMetrics expected =
        outcome.epochs().stream()
            .max(
                Comparator.comparingDouble(EpochMetrics::validationScore)
                    .thenComparing(Comparator.comparingInt(EpochMetrics::epoch).reversed()))
            .orElseThrow();
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isEqualTo(expected.epoch());
    assertThat(best.validationScore()).isEqualTo(expected.validationScore());
    assertThat(best.testScore()).isBetween(0.8, 1.0);
  }

  @Test
  void earlyStoppingWaitsForItsPatienceSinceTheBestSoFar() throws Exception {
    RunOutcome outcome = spec().epochs(200).stopping(4, 0).train();
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(outcome.epochs()).hasSizeLessThan(200);
    assertThat(outcome.epochs()).hasSize(best.epoch() + 4);
    assertThat(outcome.reason())
        .isEqualTo(
            "stopped early after epoch "
                + (best.epoch() + 4)
                + " of 200: no better validation score for 4 epochs");
  }

  /**
   * Three runs without any rule tell what the stopped one must have seen: as long as itself, as
   * long as its best epoch, and as long as was planned.
   */
  @Test
  void aStoppedRunIsTheFreeOneUpToThereAndTestsItsBestEpoch() throws Exception {
    RunOutcome stopped = normalized().epochs(200).stopping(4, 0).train();
    BestEpoch best = stopped.best();
    assertThat(best).isNotNull();
    int length = stopped.epochs().size();
    assertThat(length).isEqualTo(best.epoch() + 4);

    RunOutcome asLong = normalized().epochs(length).train();
    assertThat(asLong.reason()).isEmpty();
    assertThat(Untimed.rows(stopped)).isEqualTo(Untimed.rows(asLong));
    assertThat(stopped.layers()).isEqualTo(asLong.layers());
    assertThat(stopped.best()).isEqualTo(asLong.best());
    assertThat(stopped.weights().npz()).as("of its last epoch").isEqualTo(asLong.weights().npz());

    RunOutcome toTheBest = normalized().epochs(best.epoch()).train();
    assertThat(toTheBest.best()).as("tested with its last weights").isEqualTo(best);
    assertThat(toTheBest.weights().sha256()).isNotEqualTo(stopped.weights().sha256());

    RunOutcome planned = normalized().epochs(length + 10).train();
    assertThat(Untimed.rows(planned).subList(0, length)).isEqualTo(Untimed.rows(stopped));
  }

  private static Specs.Builder normalized() {
    return spec().dropout(0.3).batchNorm();
  }

  /** Nobody's accuracy ever gains more than 1, so the first epoch is the last progress. */
  @Test
  void gainsBelowTheMinimumChangeEndARunAndStillChooseTheBestEpoch() throws Exception {
    RunOutcome outcome = spec().epochs(20).stopping(7, 1).pruning(3, 0.01).train();
    assertThat(outcome.reason())
        .isEqualTo(
            "stopped early after epoch 8 of 20: no validation score better by more than 1.0 for 7"
                + " epochs");
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isGreaterThan(1);
    assertThat(best.validationScore())
        .isEqualTo(
            outcome.epochs().stream()
                .mapToDouble(EpochMetrics::validationScore)
                .max()
                .orElseThrow());
  }

  @Test
  void aRunBelowTheBarIsPrunedThereAndSaysSo() throws Exception {
    RunOutcome pruned = spec().epochs(6).pruning(3, 0.99).train();
    assertThat(pruned.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(pruned.epochs()).hasSize(3);
    assertThat(pruned.reason())
        .startsWith("pruned after epoch 3 of 6: best validation score 0.")
        .endsWith(" is below 0.99");
    assertThat(pruned.best()).isNotNull();
    RunOutcome kept = spec().epochs(6).pruning(3, 0.01).train();
    assertThat(kept.epochs()).hasSize(6);
    assertThat(kept.reason()).isEmpty();
    // What was not cut is the run without pruning, to the bit.
    RunOutcome free = spec().epochs(6).train();
    assertThat(kept.weights().sha256()).isEqualTo(free.weights().sha256());
  }
}

package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.StrengthSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loss that is no number ends a run, and what came before it stays. */
@ExtendWith(EngineExtension.class)
class DivergenceTest {
  /**
   * A step multiplies weights by 1 - rate * 2 lambda: with a rate of 1 and 20 epochs by 0 in the
   * first and by -19 in the last.
   */
  private static Specs.Builder growing() {
    return spec()
        .penalty(
            new PenaltySpec.Lp(
                2,
                new Lambda(10),
                PenaltySpec.Scope.WEIGHTS,
                GRADIENT,
                1e-8,
                null,
                new StrengthSchedule.Warmup(20)))
        .optimizer(Specs.sgd(1, 0))
        .epochs(20);
  }

  @Test
  void aLossThatIsNoNumberIsADivergenceWithEpochAndStep() throws Exception {
    RunOutcome outcome =
        spec().penalty(Specs.lp(4, 1e3, GRADIENT)).optimizer(Specs.sgd(10, 0)).epochs(5).train();
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.reason()).containsPattern("became (NaN|-?Infinity) in epoch 1 at step \\d+");
    assertThat(outcome.epochs()).isEmpty();
    assertThat(outcome.layers()).isEmpty();
    assertThat(outcome.best()).isNull();
  }

  @Test
  void epochsBeforeADivergenceAreKept() throws Exception {
    RunOutcome outcome = growing().train();
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.epochs()).isNotEmpty();
    assertThat(outcome.best()).isNotNull();
    assertThat(outcome.epochs())
        .allSatisfy(
            row -> {
              assertThat(row.get(Metric.TRAIN_LOSS)).isFinite();
              assertThat(row.validationScore()).isFinite();
            });
    // Three layers an epoch, and none of the epoch that was not finished.
    assertThat(outcome.layers()).hasSize(3 * outcome.epochs().size());
  }

  @Test
  void aDivergenceIsNoStopWhateverRulesThereAre() throws Exception {
    RunOutcome outcome = growing().stopping(19, 0).pruning(19, 1).train();
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.reason()).contains(" became ");
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isLessThanOrEqualTo(outcome.epochs().size());
    // Read at the weights of that epoch, not at those that are no numbers.
    assertThat(best.testLoss()).isFinite();
  }
}

package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.StepMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a run records of its steps, epochs and layers. */
@ExtendWith(EngineExtension.class)
class RecordedMetricsTest {

  @Test
  void everyEpochIsARowWithThePenaltyApartFromTheDataLoss() throws Exception {
    RunOutcome outcome = spec().penalty(Specs.lp(2, 0.01, GRADIENT)).train();
    assertThat(outcome.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(outcome.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
    for (EpochMetrics row : outcome.epochs()) {
      assertThat(row.get(Metric.PENALTY))
          .isCloseTo(0.01 * row.get(Metric.LP_POWER_SUM), within(1e-9));
      assertThat(row.get(Metric.LP_NORM))
          .isCloseTo(Math.sqrt(row.get(Metric.LP_POWER_SUM)), within(1e-9));
      assertThat(row.get(Metric.TOTAL_LOSS))
          .isEqualTo(row.get(Metric.TRAIN_LOSS) + row.get(Metric.PENALTY));
      assertThat(row.get(Metric.LEARNING_RATE)).isEqualTo(0.001);
      assertThat(row.get(Metric.GRADIENT_RATIO)).isPositive();
    }
    assertThat(outcome.sizes().train()).isEqualTo(200);
    assertThat(outcome.sizes().test()).isEqualTo(1797 - 300);
  }

  @Test
  void aVariantWithoutPenaltyStillHasItsNorm() throws Exception {
    for (EpochMetrics row : spec().train().epochs()) {
      assertThat(row.get(Metric.PENALTY)).isZero();
      assertThat(row.get(Metric.GRADIENT_RATIO)).isZero();
      assertThat(row.get(Metric.LP_NORM))
          .isCloseTo(Math.sqrt(row.get(Metric.LP_POWER_SUM)), within(1e-9));
    }
  }

  /** 64*16 + 16*8 + 8*10 weights in three layers; the rows of the layers add up to the epoch's. */
  @Test
  void layersAddUpToTheEpoch() throws Exception {
    RunOutcome outcome = spec().penalty(Specs.lp(1, 1e-3, PROXIMAL)).train();
    List<LayerMetrics> last = outcome.layers().stream().filter(row -> row.epoch() == 3).toList();
    assertThat(last)
        .extracting(LayerMetrics::layer)
        .containsExactly("dense1.weight", "dense2.weight", "output.weight");
    assertThat(last).extracting(LayerMetrics::weights).containsExactly(1024L, 128L, 80L);
    assertThat(last.stream().mapToDouble(LayerMetrics::lpPowerSum).sum())
        .isCloseTo(outcome.epochs().get(2).get(Metric.LP_POWER_SUM), within(1e-9));
    for (LayerMetrics row : last) {
      assertThat(row.histogram().stream().mapToLong(Integer::longValue).sum())
          .isEqualTo(row.weights());
    }
  }

  @Test
  void stepsAreToldWithTheArticlesQuantities() throws Exception {
    List<StepMetrics> steps = spec().penalty(Specs.lp(1, 1e-3, GRADIENT)).steps();
    // 200 rows in batches of 32 are 7 steps, three epochs of them.
    assertThat(steps).hasSize(21);
    assertThat(steps.get(6).rows()).isEqualTo(8);
    assertThat(steps.get(20).step()).isEqualTo(21);
    assertThat(steps.get(20).epoch()).isEqualTo(3);
    for (StepMetrics step : steps) {
      assertThat(step.totalLoss()).isEqualTo(step.dataLoss() + step.penalty());
      assertThat(step.penalty()).isCloseTo(1e-3 * step.lpPowerSum(), within(1e-12));
      // The gradient of lambda |w| has size lambda on each of the 1232 weights.
      assertThat(step.penaltyGradientNorm()).isCloseTo(1e-3 * Math.sqrt(1232), within(1e-7));
    }
  }

  /**
   * 200 rows in batches of 199 leave one row, of which batch normalization has no variance: it
   * joins the others.
   */
  @Test
  void aSingleRowThatIsLeftJoinsTheBatchBefore() throws Exception {
    Specs.Builder spec = spec().epochs(2).batchSize(199).batchNorm();
    assertThat(spec.steps()).extracting(StepMetrics::rows).containsExactly(200, 200);
    assertThat(spec.train().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(spec().epochs(1).batchSize(1).steps())
        .hasSize(200)
        .extracting(StepMetrics::rows)
        .containsOnly(1);
  }
}

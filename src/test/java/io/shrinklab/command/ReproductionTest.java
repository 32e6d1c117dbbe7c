package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.results.MetricsCsv;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReproductionTest {
  private static final List<EpochMetrics> TWO = List.of(epoch(1, 0.5, 1), epoch(2, 0.25, 1));

  private static EpochMetrics epoch(int epoch, double validationLoss, double seconds) {
    return ARow.of(epoch)
        .losses(0.1, validationLoss)
        .scores(0.2, 0.4)
        .with(Metric.LP_NORM, 1)
        .with(Metric.LP_POWER_SUM, 2)
        .with(Metric.NEAR_ZERO_FRACTION, 0.1)
        .with(Metric.LEARNING_RATE, 0.001)
        .with(Metric.SECONDS, seconds)
        .with(Metric.TOTAL_LOSS, 0.1)
        .row();
  }

  private static RunSpec spec() throws Exception {
    Experiment experiment =
        ExperimentFile.parse(
            """
            {"data": {"kind": "digits"}, "network": {"kind": "linear"},
             "optimizer": {"kind": "adam"}, "training": {"epochs": 2},
             "variants": [{"penalty": {"kind": "none"}}]}
            """,
            "test.json");
    assertThat(experiment.variants().get(0).data()).isInstanceOf(DataSpec.Digits.class);
    return experiment.runs().findFirst().orElseThrow();
  }

  private static Reproduction compare(
      List<EpochMetrics> fresh, RunStatus status, String data, String weights) throws Exception {
    return compare(fresh, status, data, weights, MetricsCsv.sha256(TWO));
  }

  private static Reproduction compare(
      List<EpochMetrics> fresh, RunStatus status, String data, String weights, String metricsHash)
      throws Exception {
    Provenance provenance =
        new Provenance(
            "data",
            "weights",
            metricsHash,
            "1",
            "abc",
            false,
            "old JDK",
            "0",
            "0",
            "os",
            "cpu",
            1,
            "2020-01-01T00:00:00Z",
            "2020-01-01T00:01:00Z",
            60);
    ARun run = ARun.of(spec()).epochs(TWO).provenance(provenance);
    RunRecord stored = run.equalRows(null).record();
    RunOutcome outcome =
        run.ended(status, "")
            .epochs(fresh)
            .dataSha256(data)
            .weights(new WeightsFile(new byte[0], weights))
            .equalRows(new EqualRows(0, 0))
            .outcome();
    return Reproduction.of(stored, List.of(), List.of(), outcome);
  }

  private static Reproduction compare(List<EpochMetrics> fresh, String weights) throws Exception {
    return compare(fresh, RunStatus.COMPLETED, "data", weights);
  }

  @Test
  void equalWeightsAndMetricsAreReproducedWhateverTheTimes() throws Exception {
    Reproduction same = compare(List.of(epoch(1, 0.5, 9), epoch(2, 0.25, 8)), "weights");
    assertThat(same.result()).isEqualTo(Reproduction.Result.SAME);
    assertThat(same.lines())
        .containsExactly(
            "Reproduced bit for bit: final weights, test score and all metrics of 2 epochs, layer by"
                + " layer too, are those stored on 2020-01-01T00:01:00Z.");
  }

  @Test
  void theFirstEpochAndColumnThatDifferAreNamedToTheLastBit() throws Exception {
    List<EpochMetrics> fresh = List.of(epoch(1, 0.5, 1), epoch(2, Math.nextUp(0.25), 1));
    Reproduction other = compare(fresh, "weights");
    assertThat(other.result()).isEqualTo(Reproduction.Result.DIFFERENT);
    assertThat(other.lines())
        .startsWith(
            "NOT reproduced.",
            "The metrics differ first at epoch 2, column val_loss: stored 0.25, now"
                + " 0.25000000000000006")
        .last()
        .asString()
        .startsWith("Since then: code was abc, is ")
        .contains("JDK was old JDK, is ");
  }

  /** As when a later version counts another column in: the rows cannot tell. */
  @Test
  void anotherHashOfEqualRowsIsNamed() throws Exception {
    assertThat(compare(TWO, RunStatus.COMPLETED, "data", "weights", "other").lines())
        .contains(
            "The SHA-256 of equal metrics differs: stored other, now " + MetricsCsv.sha256(TWO));
  }

  @Test
  void otherWeightsDataStatusAndLengthAreNamed() throws Exception {
    assertThat(compare(TWO, "others").lines())
        .contains("The weights differ: stored weights, now others");
    assertThat(compare(TWO, RunStatus.DIVERGED, "moved", "weights").lines())
        .contains(
            "The data differ: stored data, now moved",
            "The status differs: stored COMPLETED, now DIVERGED");
    assertThat(compare(TWO.subList(0, 1), "weights").lines())
        .contains("The number of rows of metrics differs: stored 2, now 1");
  }
}

package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.report.PageData.Interval;
import io.shrinklab.spec.Experiment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuraciesTest {
  private static final Experiment EXPERIMENT = SyntheticSweep.experiment("labels", "", 3);

  /** Accuracy is 0.5, 0.6 and 0.7 by seed at the best epoch, and 0.1 less at all others. */
  private static List<RunRecord> records() {
    return EXPERIMENT
        .runs()
        .map(
            spec -> {
              RunRecord run = SyntheticSweep.record(spec, RunStatus.COMPLETED, "");
              BestEpoch best = run.best();
              double accuracy = 0.5 + 0.1 * spec.seed();
              return new RunRecord(
                  spec,
                  run.status(),
                  "",
                  "macro AUROC",
                  run.epochs().stream()
                      .map(
                          row -> with(row, row.epoch() == best.epoch() ? accuracy : accuracy - 0.1))
                      .toList(),
                  new BestEpoch(
                      best.epoch(),
                      best.validationScore(),
                      best.validationLoss(),
                      best.testScore(),
                      best.testLoss(),
                      0.875),
                  run.sizes(),
                  run.provenance(),
                  null,
                  List.of());
            })
        .toList();
  }

  private static EpochMetrics with(EpochMetrics row, double accuracy) {
    return new EpochMetrics(
        row.epoch(),
        row.trainLoss(),
        row.trainScore(),
        row.validationLoss(),
        row.validationScore(),
        row.penalty(),
        row.lpNorm(),
        row.lpPowerSum(),
        row.nearZeroFraction(),
        row.learningRate(),
        row.seconds(),
        row.totalLoss(),
        row.exactZeroFraction(),
        row.gradientRatio(),
        accuracy + 0.2,
        accuracy);
  }

  @Test
  void itIsTheMeanOverSeedsAtTheEpochThatTheScoreChose() {
    List<RunRecord> records = records();
    List<Interval> all = Accuracies.of(SweepAnalysis.of(EXPERIMENT, records), records);
    assertThat(all).hasSize(EXPERIMENT.variants().size());
    for (Interval interval : all) {
      // t(2 degrees, 0.975) = 4.302653; 4.302653 * 0.1 / sqrt(3) = 0.248414.
      assertThat(interval.mean()).isCloseTo(0.6, within(1e-12));
      assertThat(interval.high() - interval.mean()).isCloseTo(0.248414, within(1e-6));
      assertThat(interval.n()).isEqualTo(3);
    }
  }

  @Test
  void thePageHasItsColumnOnlyWhereTheScoreIsAnotherMeasure() throws IOException {
    assertThat(PageTest.page(EXPERIMENT, records()))
        .contains(">Accuracy</button>")
        .contains("0.6000 <span class=\"range\">&plusmn;&nbsp;0.2484</span>");
    assertThat(PageTest.page(EXPERIMENT, SyntheticSweep.complete(EXPERIMENT)))
        .doesNotContain(">Accuracy</button>");
  }

  @Test
  void everyRunAndEpochHasItInTheTables() throws IOException {
    List<RunRecord> records = records();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RunsCsv.write(SweepAnalysis.of(EXPERIMENT, records), records, out);
    // Of seed 0: 0.5 and 0.7 at the best epoch, 0.4 and 0.6 at the last; the test part's; no
    // counts;
    // 60 epochs were planned.
    String first = out.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElse("");
    assertThat(first).matches(".*,0\\.5,0\\.7,0\\.4,0\\.60*1?,0\\.875,,,60");
  }
}

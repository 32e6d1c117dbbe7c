package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
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
              int best = run.best().epoch();
              double accuracy = 0.5 + 0.1 * spec.seed();
              return ARun.like(run)
                  .scoreName("macro AUROC")
                  .epochs(
                      run.epochs().stream()
                          .map(row -> with(row, row.epoch() == best ? accuracy : accuracy - 0.1))
                          .toList())
                  .testAccuracy(0.875)
                  .equalRows(null)
                  .record();
            })
        .toList();
  }

  private static EpochMetrics with(EpochMetrics row, double accuracy) {
    return ARow.like(row)
        .with(Metric.TRAIN_ACCURACY, accuracy + 0.2)
        .with(Metric.VALIDATION_ACCURACY, accuracy)
        .row();
  }

  @Test
  void itIsTheMeanOverSeedsAtTheEpochThatTheScoreChose() {
    List<RunRecord> records = records();
    List<VariantSummary> all = SweepAnalysis.of(EXPERIMENT, records).variants();
    assertThat(all).hasSize(EXPERIMENT.variants().size());
    for (VariantSummary variant : all) {
      Estimate accuracy = variant.best().get(Metric.VALIDATION_ACCURACY);
      // t(2 degrees, 0.975) = 4.302653; 4.302653 * 0.1 / sqrt(3) = 0.248414.
      assertThat(accuracy.mean()).isCloseTo(0.6, within(1e-12));
      assertThat(accuracy.high() - accuracy.mean()).isCloseTo(0.248414, within(1e-6));
      assertThat(accuracy.n()).isEqualTo(3);
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
    // 60 epochs were planned; no truth is known.
    String first = out.toString(StandardCharsets.UTF_8).lines().skip(1).findFirst().orElse("");
    assertThat(first).matches(".*,0\\.5,0\\.7,0\\.4,0\\.60*1?,0\\.875,,,60,,,0,");
  }
}

package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

/** {@code metrics.csv} of a sweep: a row per run and finished epoch, as docs/columns.md says. */
final class MetricsCsv {
  private record Row(RunSpec run, EpochMetrics epoch) {}

  private static final CsvTable<Row> TABLE =
      new CsvTable<>(
          List.of(
              word("variant", row -> row.run().variant().name()),
              word("setting", row -> row.run().variant().setting()),
              whole("seed", row -> row.run().seed()),
              whole("epoch", row -> row.epoch().epoch()),
              number("train_loss", row -> row.epoch().trainLoss()),
              number("train_score", row -> row.epoch().trainScore()),
              number("val_loss", row -> row.epoch().validationLoss()),
              number("val_score", row -> row.epoch().validationScore()),
              number("penalty", row -> row.epoch().penalty()),
              number("lp_norm", row -> row.epoch().lpNorm()),
              number("lp_power_sum", row -> row.epoch().lpPowerSum()),
              number("near_zero_fraction", row -> row.epoch().nearZeroFraction()),
              number("learning_rate", row -> row.epoch().learningRate()),
              number("seconds", row -> row.epoch().seconds()),
              number("total_loss", row -> row.epoch().totalLoss()),
              number("exact_zero_fraction", row -> row.epoch().exactZeroFraction()),
              number("gradient_ratio", row -> row.epoch().gradientRatio()),
              number("train_accuracy", row -> row.epoch().trainAccuracy()),
              number("val_accuracy", row -> row.epoch().validationAccuracy())));

  private MetricsCsv() {}

  /** The header. */
  public static List<String> columns() {
    return TABLE.header();
  }

  /** Writes runs in the experiment's order, whatever became of them, and leaves the stream open. */
  public static void write(Experiment experiment, List<RunRecord> records, OutputStream out)
      throws IOException {
    RecordIndex index = RecordIndex.of(records);
    Stream<Row> rows =
        experiment
            .runs()
            .map(index::find)
            .flatMap(found -> found.stream())
            .flatMap(run -> run.epochs().stream().map(epoch -> new Row(run.spec(), epoch)));
    TABLE.write(rows, out);
  }
}

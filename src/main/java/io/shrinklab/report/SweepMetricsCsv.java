package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code metrics.csv} of a sweep: a row per run and finished epoch, as docs/columns.md says. */
final class SweepMetricsCsv {
  private record Row(RunSpec run, EpochMetrics epoch) {}

  private static final CsvTable<Row> TABLE = new CsvTable<>(list());

  private SweepMetricsCsv() {}

  private static List<CsvColumn<Row>> list() {
    List<CsvColumn<Row>> columns = new ArrayList<>();
    columns.add(word("variant", row -> row.run().variant().name()));
    columns.add(word("setting", row -> row.run().variant().setting()));
    columns.add(whole("seed", row -> row.run().seed()));
    columns.add(whole("epoch", row -> row.epoch().epoch()));
    Metric.COLUMNS.forEach(
        metric -> columns.add(number(metric.column(), row -> row.epoch().get(metric))));
    return columns;
  }

  /** The header, without the settings that vary. */
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
    TABLE
        .with(Settings.of(experiment.variants()).columns(row -> row.run().variant().name()))
        .write(rows, out);
  }
}

package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code metrics.csv} of a sweep: a row per run and finished epoch, as docs/columns.md says. */
final class SweepMetricsCsv {
  /** What all rows of a run begin with. */
  private static final CsvTable<RunRecord> RUN =
      new CsvTable<>(
          List.of(
              word("variant", run -> run.spec().variant().name()),
              word("setting", run -> run.spec().variant().setting()),
              whole("seed", run -> run.spec().seed())));

  private SweepMetricsCsv() {}

  /** The header, without the settings that vary. */
  public static List<String> columns() {
    return Stream.of(
            RUN.header().stream(),
            Stream.of("epoch"),
            Metric.COLUMNS.stream().map(metric -> metric.column()))
        .flatMap(names -> names)
        .toList();
  }

  /** Writes runs in the experiment's order, whatever became of them, and leaves the stream open. */
  public static void write(Experiment experiment, List<RunRecord> records, OutputStream out)
      throws IOException {
    RecordIndex index = RecordIndex.of(records);
    CsvTable<RunRecord> settings =
        new CsvTable<>(
            Settings.of(experiment.variants()).columns(run -> run.spec().variant().name()));
    List<String> header = Stream.concat(columns().stream(), settings.header().stream()).toList();
    out.write((CsvTable.line(header) + "\n").getBytes(StandardCharsets.UTF_8));
    Iterator<RunRecord> runs =
        experiment.runs().map(index::find).flatMap(Optional::stream).iterator();
    CsvTable.beside(runs, run -> rows(run, settings), out);
  }

  /** A million rows of numbers, which need no quotes; words are looked at once for each run. */
  private static String rows(RunRecord run, CsvTable<RunRecord> settings) {
    String begin = CsvTable.line(RUN.cells(run));
    String end = CsvTable.further(settings.cells(run)) + "\n";
    StringBuilder rows = new StringBuilder();
    for (EpochMetrics epoch : run.epochs()) {
      rows.append(begin).append(',').append(epoch.epoch());
      for (Metric metric : Metric.COLUMNS) {
        rows.append(',');
        double value = epoch.get(metric);
        if (!Double.isNaN(value)) {
          rows.append(value);
        }
      }
      rows.append(end);
    }
    return rows.toString();
  }
}

package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.text;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.Recovery;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code runs.csv}: a row per planned run, whatever became of it, as docs/columns.md says. */
final class RunsCsv {
  private record Row(Variant variant, RunSummary run, Optional<RunRecord> stored) {}

  private static final CsvTable<Row> TABLE = new CsvTable<>(list());

  private RunsCsv() {}

  /** The header, without the settings that vary. */
  public static List<String> columns() {
    return TABLE.header();
  }

  /** Writes runs in the experiment's order and leaves the stream open. */
  public static void write(SweepAnalysis analysis, List<RunRecord> records, OutputStream out)
      throws IOException {
    RecordIndex index = RecordIndex.of(records);
    TABLE
        .with(Settings.of(analysis).columnsBesideStrength(row -> row.variant().name()))
        .write(
            analysis.variants().stream()
                .flatMap(
                    variant ->
                        variant.runs().stream()
                            .map(
                                run ->
                                    new Row(
                                        variant.variant(),
                                        run,
                                        index.find(variant.name(), run.seed())))),
            out);
  }

  private static List<CsvColumn<Row>> list() {
    List<CsvColumn<Row>> columns = new ArrayList<>();
    columns.add(word("variant", row -> row.variant().name()));
    columns.add(word("setting", row -> row.variant().setting()));
    columns.add(word("family", row -> row.variant().penalty().family()));
    columns.add(number("p", row -> row.variant().penalty().p()));
    columns.add(number("strength", row -> row.variant().penalty().strength()));
    columns.add(whole("seed", row -> row.run().seed()));
    columns.add(word("identity", row -> Identity.of(new RunSpec(row.variant(), row.run().seed()))));
    columns.add(word("state", row -> row.run().state().word()));
    columns.add(text("reason", row -> row.run().reason()));
    columns.add(whole("epochs", row -> row.run().epochs()));
    moment(columns, "best", Moment.BEST_EPOCH);
    moment(columns, "last", Moment.LAST_EPOCH);
    columns.add(number("loss_rise", row -> row.run().lossRise()));
    columns.add(number("test_score", row -> row.run().testScore()));
    columns.add(number("test_loss", row -> row.run().testLoss()));
    columns.add(size("train_rows", PartSizes::train));
    columns.add(size("validation_rows", PartSizes::validation));
    columns.add(size("test_rows", PartSizes::test));
    columns.add(size("pool_rows", PartSizes::pool));
    columns.add(origin("data_sha256", Provenance::dataSha256));
    columns.add(origin("weights_sha256", Provenance::weightsSha256));
    columns.add(origin("metrics_sha256", Provenance::metricsSha256));
    columns.add(origin("shrinklab", Provenance::shrinklabVersion));
    columns.add(origin("commit", Provenance::commit));
    columns.add(origin("dirty", RunsCsv::dirty));
    columns.add(origin("jdk", Provenance::jdk));
    columns.add(origin("djl", Provenance::djl));
    columns.add(origin("libtorch", Provenance::libtorch));
    columns.add(origin("os", Provenance::os));
    columns.add(origin("cpu", Provenance::cpu));
    columns.add(origin("threads", provenance -> Integer.toString(provenance.threads())));
    columns.add(origin("started_at", Provenance::startedAt));
    columns.add(origin("ended_at", Provenance::endedAt));
    columns.add(origin("seconds", provenance -> Double.toString(provenance.seconds())));
    columns.add(value("best", Moment.BEST_EPOCH, Metric.VALIDATION_ACCURACY));
    columns.add(value("best", Moment.BEST_EPOCH, Metric.TRAIN_ACCURACY));
    columns.add(value("last", Moment.LAST_EPOCH, Metric.VALIDATION_ACCURACY));
    columns.add(value("last", Moment.LAST_EPOCH, Metric.TRAIN_ACCURACY));
    columns.add(
        number("test_accuracy", row -> row.stored().map(RunsCsv::testAccuracy).orElse(Double.NaN)));
    columns.add(equal("equal_validation_rows", EqualRows::validation));
    columns.add(equal("equal_test_rows", EqualRows::test));
    columns.add(whole("planned_epochs", row -> row.variant().training().epochs()));
    columns.add(found("true_positives", Recovery::truePositives));
    columns.add(found("false_positives", Recovery::falsePositives));
    columns.add(size("validation_pool_rows", PartSizes::validationPool));
    columns.add(
        number(
            "optimality_violation",
            row -> row.stored().map(RunRecord::optimalityViolation).orElse(Double.NaN)));
    return columns;
  }

  private static CsvColumn<Row> found(String name, Function<Recovery, Integer> count) {
    return word(
        name,
        row ->
            row.stored()
                .flatMap(run -> Recovery.of(run.coefficients()))
                .map(count)
                .map(String::valueOf)
                .orElse(""));
  }

  private static void moment(List<CsvColumn<Row>> columns, String prefix, Moment moment) {
    columns.add(
        word(
            prefix + "_epoch",
            row -> {
              EpochMetrics values = row.run().at(moment);
              return values == null ? "" : Integer.toString(values.epoch());
            }));
    SummaryCsv.METRICS.forEach(metric -> columns.add(value(prefix, moment, metric)));
  }

  private static double testAccuracy(RunRecord run) {
    BestEpoch best = run.best();
    Double accuracy = best == null ? null : best.testAccuracy();
    return accuracy == null ? Double.NaN : accuracy;
  }

  private static CsvColumn<Row> equal(String name, Function<EqualRows, Integer> count) {
    return word(
        name,
        row -> row.stored().map(RunRecord::equalRows).map(count).map(String::valueOf).orElse(""));
  }

  private static CsvColumn<Row> value(String prefix, Moment moment, Metric metric) {
    return number(
        prefix + "_" + metric.column(),
        row -> {
          EpochMetrics values = row.run().at(moment);
          return values == null ? Double.NaN : values.get(metric);
        });
  }

  private static CsvColumn<Row> size(String name, Function<PartSizes, Integer> size) {
    return word(
        name, row -> row.stored().map(run -> size.apply(run.sizes()).toString()).orElse(""));
  }

  private static CsvColumn<Row> origin(String name, Function<Provenance, String> value) {
    return text(name, row -> row.stored().map(run -> value.apply(run.provenance())).orElse(""));
  }

  private static String dirty(Provenance provenance) {
    Boolean dirty = provenance.dirty();
    return dirty == null ? Provenance.UNKNOWN : dirty.toString();
  }
}

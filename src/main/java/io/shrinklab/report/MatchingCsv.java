package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.text;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.analysis.Match;
import io.shrinklab.analysis.Matching;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SeedMatch;
import io.shrinklab.experiment.SpecDifference;
import io.shrinklab.outcome.EpochMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Variants set against each other two by two, for programs, as docs/columns.md says. */
public enum MatchingCsv {
  /** A row per variant: the columns of summary.csv, by the sweep that the matches make. */
  SUMMARY {
    @Override
    public void write(Matching matching, OutputStream out) throws IOException {
      SummaryCsv.write(matching.sweep(), matching.records(), out);
    }
  },
  /** A row per match and seed. */
  SEEDS {
    @Override
    public void write(Matching matching, OutputStream out) throws IOException {
      BY_SEED.write(
          matching.matches().stream()
              .flatMap(match -> match.seeds().stream().map(seed -> new BySeed(match, seed))),
          out);
    }
  },
  /** A row per match and value that differs. */
  SPECIFICATION {
    @Override
    public void write(Matching matching, OutputStream out) throws IOException {
      BY_PATH.write(
          matching.matches().stream()
              .flatMap(
                  match ->
                      SpecDifference.between(match.left().variant(), match.right().variant())
                          .stream()
                          .map(difference -> new ByPath(match, difference))),
          out);
    }
  };

  private record BySeed(Match match, SeedMatch seed) {}

  private record ByPath(Match match, SpecDifference difference) {}

  private static final CsvTable<BySeed> BY_SEED = new CsvTable<>(seeds());

  private static final CsvTable<ByPath> BY_PATH =
      new CsvTable<>(
          List.of(
              word("match", row -> row.match().name()),
              word("path", row -> row.difference().path()),
              text("left_value", row -> row.difference().left()),
              text("right_value", row -> row.difference().right())));

  /** Writes UTF-8 and leaves the stream open. */
  public abstract void write(Matching matching, OutputStream out) throws IOException;

  /** The header of the table by seed. */
  static List<String> seedColumns() {
    return BY_SEED.header();
  }

  /** The header of the table by path. */
  static List<String> pathColumns() {
    return BY_PATH.header();
  }

  private static List<CsvColumn<BySeed>> seeds() {
    List<CsvColumn<BySeed>> columns = new ArrayList<>();
    columns.add(word("match", row -> row.match().name()));
    columns.add(whole("seed", row -> row.seed().seed()));
    columns.add(word("left", row -> row.match().left().name()));
    columns.add(word("right", row -> row.match().right().name()));
    both(columns, "status", (name, run) -> word(name, row -> run.apply(row).state().word()));
    both(
        columns,
        "best_epoch",
        (name, run) ->
            word(
                name,
                row -> {
                  EpochMetrics best = run.apply(row).best();
                  return best == null ? "" : Integer.toString(best.epoch());
                }));
    metric(columns, "best_val_score", RunSummary::best, EpochMetrics::validationScore);
    columns.add(number("best_difference", row -> row.seed().difference()));
    metric(columns, "best_val_loss", RunSummary::best, EpochMetrics::validationLoss);
    metric(columns, "last_val_score", RunSummary::last, EpochMetrics::validationScore);
    metric(columns, "last_val_loss", RunSummary::last, EpochMetrics::validationLoss);
    columns.add(
        word(
            "parting",
            row ->
                row.seed()
                    .parting()
                    .map(parting -> parting.kind().name().toLowerCase(Locale.ROOT))
                    .orElse("")));
    columns.add(
        word(
            "parting_epoch",
            row ->
                row.seed().parting().map(parting -> Integer.toString(parting.epoch())).orElse("")));
    columns.add(word("same_data", row -> Boolean.toString(row.seed().sameData())));
    return columns;
  }

  private static void both(
      List<CsvColumn<BySeed>> columns,
      String name,
      BiFunction<String, Function<BySeed, RunSummary>, CsvColumn<BySeed>> column) {
    columns.add(column.apply("left_" + name, row -> row.seed().left()));
    columns.add(column.apply("right_" + name, row -> row.seed().right()));
  }

  private static void metric(
      List<CsvColumn<BySeed>> columns,
      String name,
      Function<RunSummary, @Nullable EpochMetrics> moment,
      ToDoubleFunction<EpochMetrics> value) {
    both(
        columns,
        name,
        (column, run) ->
            number(
                column,
                row -> {
                  EpochMetrics epoch = moment.apply(run.apply(row));
                  return epoch == null ? Double.NaN : value.applyAsDouble(epoch);
                }));
  }
}

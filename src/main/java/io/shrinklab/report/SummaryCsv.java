package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.text;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.Reason;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.Recovery;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.wording.Verdicts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code summary.csv}: a row per variant, as docs/columns.md says. */
final class SummaryCsv {
  /** What is told of the best and of the last epoch, here and in runs.csv. */
  static final List<Metric> METRICS =
      List.of(
          Metric.VALIDATION_SCORE,
          Metric.VALIDATION_LOSS,
          Metric.TRAIN_SCORE,
          Metric.TRAIN_LOSS,
          Metric.GAP,
          Metric.LP_NORM,
          Metric.NEAR_ZERO_FRACTION,
          Metric.EXACT_ZERO_FRACTION,
          Metric.GRADIENT_RATIO);

  private static final CsvTable<SummaryRow> TABLE = new CsvTable<>(list());

  private SummaryCsv() {}

  /** The header, without the settings that vary. */
  public static List<String> columns() {
    return TABLE.header();
  }

  /** Writes variants in the experiment's order and leaves the stream open. */
  public static void write(SweepAnalysis analysis, List<RunRecord> records, OutputStream out)
      throws IOException {
    TABLE
        .with(Settings.of(analysis).columnsBesideStrength(row -> row.variant().name()))
        .write(SummaryRow.of(analysis, records).stream(), out);
  }

  private static List<CsvColumn<SummaryRow>> list() {
    List<CsvColumn<SummaryRow>> columns = new ArrayList<>();
    columns.add(word("variant", row -> row.variant().name()));
    columns.add(word("setting", row -> row.variant().variant().setting()));
    columns.add(word("family", row -> row.variant().family()));
    columns.add(number("p", row -> row.variant().p()));
    columns.add(number("strength", row -> row.variant().strength()));
    columns.add(word("verdict", row -> row.variant().verdict().label()));
    columns.add(word("overfits", row -> Boolean.toString(row.variant().overfits())));
    columns.add(text("criterion", row -> Verdicts.criterion(row.variant(), row.best())));
    columns.add(whole("planned", row -> row.variant().counts().planned()));
    columns.add(whole("completed", row -> row.variant().counts().completed()));
    columns.add(whole("diverged", row -> row.variant().counts().diverged()));
    columns.add(whole("failed", row -> row.variant().counts().failed()));
    columns.add(whole("missing", row -> row.variant().counts().absent()));
    for (Moment moment : Moment.values()) {
      METRICS.forEach(
          metric ->
              estimate(
                  columns,
                  prefix(moment) + metric.column(),
                  row -> row.variant().at(moment).get(metric)));
    }
    estimate(columns, "epochs_to_best", row -> row.variant().epochsToBest());
    estimate(columns, "test_score", row -> row.variant().testScore());
    estimate(columns, "loss_rise", row -> row.variant().lossRise());
    for (Moment moment : Moment.values()) {
      comparison(columns, prefix(moment), moment);
    }
    columns.add(
        whole("cut", row -> row.variant().runs().stream().filter(RunSummary::cutShort).count()));
    columns.add(word("reason", row -> label(row.variant().reason())));
    for (Moment moment : Moment.values()) {
      decision(columns, prefix(moment), moment);
    }
    columns.add(number("true_positives_mean", row -> row.found(Recovery::truePositives)));
    columns.add(number("false_positives_mean", row -> row.found(Recovery::falsePositives)));
    return columns;
  }

  private static String label(@Nullable Reason reason) {
    return reason == null ? "" : reason.label();
  }

  /** What decides: the simultaneous intervals, of the score, of the loss and of the other claim. */
  private static void decision(List<CsvColumn<SummaryRow>> columns, String prefix, Moment moment) {
    columns.add(
        word(
            prefix + "reason",
            row -> {
              Comparison comparison = row.at(moment);
              return comparison == null ? "" : label(comparison.reason());
            }));
    contrast(columns, prefix + "difference", moment, Comparison::score);
    contrast(columns, prefix + "train_difference", moment, Comparison::train);
    columns.add(compared(prefix + "loss_difference", moment, each -> each.loss().mean()));
    contrast(columns, prefix + "loss_difference", moment, Comparison::loss);
    columns.add(verdict(prefix + "loss_verdict", moment, Comparison::loss));
    contrast(columns, prefix + "other_claim", moment, Comparison::otherClaim);
    columns.add(verdict(prefix + "other_claim_verdict", moment, Comparison::otherClaim));
  }

  private static void contrast(
      List<CsvColumn<SummaryRow>> columns,
      String name,
      Moment moment,
      Function<Comparison, @Nullable Contrast> which) {
    columns.add(of(name + "_simultaneous_low", moment, which, Contrast::low));
    columns.add(of(name + "_simultaneous_high", moment, which, Contrast::high));
    columns.add(of(name + "_p_value_adjusted", moment, which, Contrast::adjustedPValue));
  }

  private static CsvColumn<SummaryRow> verdict(
      String name, Moment moment, Function<Comparison, @Nullable Contrast> which) {
    return word(
        name,
        row -> {
          Comparison comparison = row.at(moment);
          Contrast contrast = comparison == null ? null : which.apply(comparison);
          return contrast == null || contrast.n() == 0 ? "" : contrast.verdict().label();
        });
  }

  private static CsvColumn<SummaryRow> of(
      String name,
      Moment moment,
      Function<Comparison, @Nullable Contrast> which,
      ToDoubleFunction<Contrast> value) {
    return compared(
        name,
        moment,
        comparison -> {
          Contrast contrast = which.apply(comparison);
          return contrast == null ? Double.NaN : value.applyAsDouble(contrast);
        });
  }

  private static String prefix(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> "best_";
      case LAST_EPOCH -> "last_";
    };
  }

  private static void estimate(
      List<CsvColumn<SummaryRow>> columns, String name, Function<SummaryRow, Estimate> estimate) {
    columns.add(number(name + "_mean", row -> estimate.apply(row).mean()));
    columns.add(number(name + "_sd", row -> estimate.apply(row).standardDeviation()));
    columns.add(number(name + "_low", row -> estimate.apply(row).low()));
    columns.add(number(name + "_high", row -> estimate.apply(row).high()));
  }

  private static void comparison(
      List<CsvColumn<SummaryRow>> columns, String prefix, Moment moment) {
    columns.add(
        word(
            prefix + "verdict",
            row -> {
              Comparison comparison = row.at(moment);
              return comparison == null ? "" : comparison.verdict().label();
            }));
    columns.add(
        word(
            prefix + "pairs",
            row -> {
              Comparison comparison = row.at(moment);
              return comparison == null ? "" : Integer.toString(comparison.validation().n());
            }));
    columns.add(compared(prefix + "difference", moment, each -> each.validation().mean()));
    columns.add(
        compared(prefix + "difference_sd", moment, each -> each.validation().standardDeviation()));
    columns.add(
        compared(prefix + "difference_se", moment, each -> each.validation().standardError()));
    columns.add(compared(prefix + "difference_low", moment, each -> each.validation().low()));
    columns.add(compared(prefix + "difference_high", moment, each -> each.validation().high()));
    columns.add(compared(prefix + "variance_ratio", moment, Comparison::ratio));
    columns.add(compared(prefix + "p_value", moment, each -> each.validation().pValue()));
    columns.add(compared(prefix + "p_value_holm", moment, Comparison::holmPValue));
    columns.add(compared(prefix + "wilcoxon_p_value", moment, Comparison::wilcoxonPValue));
    columns.add(compared(prefix + "wilcoxon_p_value_holm", moment, Comparison::holmWilcoxonPValue));
    columns.add(
        compared(prefix + "pair_correlation", moment, each -> each.validation().correlation()));
    columns.add(
        compared(prefix + "detectable_difference", moment, each -> each.score().detectable()));
    columns.add(compared(prefix + "train_difference", moment, each -> each.train().mean()));
    columns.add(
        compared(prefix + "train_difference_low", moment, each -> each.train().difference().low()));
    columns.add(
        compared(
            prefix + "train_difference_high", moment, each -> each.train().difference().high()));
    columns.add(
        compared(prefix + "train_p_value", moment, each -> each.train().difference().pValue()));
  }

  private static CsvColumn<SummaryRow> compared(
      String name, Moment moment, ToDoubleFunction<Comparison> value) {
    return number(
        name,
        row -> {
          Comparison comparison = row.at(moment);
          return comparison == null ? Double.NaN : value.applyAsDouble(comparison);
        });
  }
}

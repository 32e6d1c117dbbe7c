package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Recovery;
import io.shrinklab.outcome.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A variant and its comparisons: a row of the summary in whatever form.
 *
 * @param variant over its seeds
 * @param best the comparison at the best epoch; null for a baseline
 * @param last the comparison at the last epoch; null for a baseline
 * @param recoveries of the completed runs whose truth is known
 */
record SummaryRow(
    VariantSummary variant,
    @Nullable Comparison best,
    @Nullable Comparison last,
    List<Recovery> recoveries) {

  /** Copies the list. */
  SummaryRow {
    recoveries = List.copyOf(recoveries);
  }

  /** A row per variant, in the experiment's order. */
  static List<SummaryRow> of(SweepAnalysis analysis) {
    return of(analysis, List.of());
  }

  /** The same with what the runs found of the truth. */
  static List<SummaryRow> of(SweepAnalysis analysis, List<RunRecord> records) {
    RecordIndex index = RecordIndex.of(records);
    Map<String, Comparison> best = Comparison.byVariant(analysis.comparisons(), Moment.BEST_EPOCH);
    Map<String, Comparison> last = Comparison.byVariant(analysis.comparisons(), Moment.LAST_EPOCH);
    return analysis.variants().stream()
        .map(
            variant ->
                new SummaryRow(
                    variant,
                    best.get(variant.name()),
                    last.get(variant.name()),
                    recoveries(variant, index)))
        .toList();
  }

  private static List<Recovery> recoveries(VariantSummary variant, RecordIndex index) {
    return variant.runs().stream()
        .filter(RunSummary::completed)
        .flatMap(run -> index.find(variant.name(), run.seed()).stream())
        .flatMap(run -> Recovery.of(run.coefficients()).stream())
        .toList();
  }

  /** The mean count over the runs whose truth is known; NaN without one. */
  double found(ToIntFunction<Recovery> count) {
    return recoveries.stream().mapToInt(count).average().orElse(Double.NaN);
  }

  @Nullable Comparison at(Moment moment) {
    return moment == Moment.BEST_EPOCH ? best : last;
  }
}

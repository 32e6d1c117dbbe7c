package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variant and its comparisons: a row of the summary in whatever form.
 *
 * @param variant over its seeds
 * @param best the comparison at the best epoch; null for a baseline
 * @param last the comparison at the last epoch; null for a baseline
 */
record SummaryRow(VariantSummary variant, @Nullable Comparison best, @Nullable Comparison last) {

  /** A row per variant, in the experiment's order. */
  static List<SummaryRow> of(SweepAnalysis analysis) {
    Map<String, Comparison> best = new HashMap<>();
    Map<String, Comparison> last = new HashMap<>();
    for (Comparison comparison : analysis.comparisons()) {
      (comparison.moment() == Moment.BEST_EPOCH ? best : last)
          .put(comparison.variant(), comparison);
    }
    return analysis.variants().stream()
        .map(variant -> new SummaryRow(variant, best.get(variant.name()), last.get(variant.name())))
        .toList();
  }

  @Nullable Comparison at(Moment moment) {
    return moment == Moment.BEST_EPOCH ? best : last;
  }
}

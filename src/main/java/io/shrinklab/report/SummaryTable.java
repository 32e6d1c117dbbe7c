package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.experiment.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The summary as people set it in a paper: few columns, four decimals.
 *
 * @param header column titles
 * @param rows plain texts, not escaped, a list per variant
 */
record SummaryTable(List<String> header, List<List<String>> rows) {

  static SummaryTable of(SweepAnalysis analysis) {
    String score = analysis.scoreName();
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : SummaryRow.of(analysis)) {
      VariantSummary variant = row.variant();
      rows.add(
          List.of(
              variant.name(),
              variant.strength() == 0 ? "0" : Numbers.scientific(variant.strength()),
              variant.counts().completed() + "/" + variant.counts().planned(),
              estimate(variant.best().validationScore()),
              difference(row.best()),
              estimate(variant.last().validationScore()),
              difference(row.last()),
              mean(variant.best().trainingScore()),
              mean(variant.testScore()),
              variant.verdict().label() + (variant.overfits() ? ", overfits" : "")));
    }
    return new SummaryTable(
        List.of(
            "variant",
            "strength",
            "runs",
            "validation " + score + ", best epoch",
            "difference",
            "validation " + score + ", last epoch",
            "difference",
            "training " + score,
            "test " + score,
            "verdict"),
        rows);
  }

  /** Mean and half-width of the interval; the mean alone where there is none. */
  private static String estimate(Estimate estimate) {
    return estimate.hasInterval()
        ? mean(estimate)
            + " ± "
            + String.format(Locale.ROOT, "%.4f", (estimate.high() - estimate.low()) / 2)
        : mean(estimate);
  }

  private static String mean(Estimate estimate) {
    return estimate.n() == 0 ? "–" : String.format(Locale.ROOT, "%.4f", estimate.mean());
  }

  private static String difference(@Nullable Comparison comparison) {
    if (comparison == null || comparison.validation().n() == 0) {
      return "–";
    }
    String mean = String.format(Locale.ROOT, "%+.4f", comparison.validation().mean());
    return comparison.validation().hasInterval()
        ? mean
            + String.format(
                Locale.ROOT,
                " [%+.4f, %+.4f]",
                comparison.validation().low(),
                comparison.validation().high())
        : mean;
  }
}

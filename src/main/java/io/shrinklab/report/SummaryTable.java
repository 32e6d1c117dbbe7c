package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.PairedDifference;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The summary as people set it in a paper: few columns, four decimals, best and last epoch each
 * with its verdict.
 *
 * @param score the score's name
 * @param rows plain texts, not escaped, a list per variant
 */
record SummaryTable(String score, List<List<String>> rows) {
  /** What stands above the columns of one epoch. */
  static final List<String> EPOCHS = List.of("best epoch", "last epoch");

  /** How many columns stand before those of the best epoch. */
  static final int BEFORE_EPOCHS = 3;

  /** How many columns each epoch has. */
  static final int PER_EPOCH = 3;

  static SummaryTable of(SweepAnalysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : SummaryRow.of(analysis)) {
      VariantSummary variant = row.variant();
      rows.add(
          List.of(
              variant.name(),
              variant.strength() == 0 ? "0" : Numbers.scientific(variant.strength()),
              variant.counts().completed() + "/" + variant.counts().planned(),
              estimate(variant.best().get(Metric.VALIDATION_SCORE)),
              difference(row.best()),
              variant.verdict().label(),
              estimate(variant.last().get(Metric.VALIDATION_SCORE)),
              difference(row.last()),
              (row.last() == null ? variant.verdict() : row.last().judgement().verdict()).label()
                  + (variant.overfits() ? ", overfits" : ""),
              mean(variant.best().get(Metric.TRAIN_SCORE)),
              mean(variant.testScore())));
    }
    return new SummaryTable(analysis.scoreName(), rows);
  }

  /** Column titles that stand below those of the epochs. */
  List<String> header() {
    return List.of(
        "variant",
        "strength",
        "runs",
        "validation " + score,
        "difference",
        "verdict",
        "validation " + score,
        "difference",
        "verdict",
        "training " + score,
        "test " + score);
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
    PairedDifference difference = comparison.validation();
    return difference.hasInterval()
        ? signed(difference.mean())
            + " ["
            + signed(difference.low())
            + ", "
            + signed(difference.high())
            + "]"
        : signed(difference.mean());
  }

  /** Four decimals and the sign, unless that would be the sign of a zero. */
  private static String signed(double value) {
    return Math.abs(value) < 0.00005 ? "0.0000" : String.format(Locale.ROOT, "%+.4f", value);
  }
}

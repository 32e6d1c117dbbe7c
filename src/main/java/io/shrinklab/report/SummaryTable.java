package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.Reason;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Numbers;
import io.shrinklab.wording.Formats;
import java.util.ArrayList;
import java.util.List;
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
              variant.label(),
              estimate(variant.last().get(Metric.VALIDATION_SCORE)),
              difference(row.last()),
              (row.last() == null ? variant.label() : row.last().label())
                  + (variant.overfits() && !overfitsAlready(row) ? ", overfits" : ""),
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
        ? mean(estimate) + " ± " + Formats.score((estimate.high() - estimate.low()) / 2)
        : mean(estimate);
  }

  private static String mean(Estimate estimate) {
    return estimate.n() == 0 ? "–" : Formats.score(estimate.mean());
  }

  private static String difference(@Nullable Comparison comparison) {
    return comparison == null || comparison.score().n() == 0
        ? "–"
        : Formats.difference(comparison.score());
  }

  private static boolean overfitsAlready(SummaryRow row) {
    return row.last() != null && row.last().reason() == Reason.OVERFITS;
  }
}

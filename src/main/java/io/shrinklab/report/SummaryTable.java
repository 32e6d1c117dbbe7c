package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.Moment;
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
 * with its verdict, or the last one alone where it is both.
 *
 * @param score the score's name
 * @param epochs what stands above the columns of one epoch
 * @param rows plain texts, not escaped, a list per variant
 */
record SummaryTable(String score, List<String> epochs, List<List<String>> rows) {
  /** How many columns stand before those of the best epoch. */
  static final int BEFORE_EPOCHS = 3;

  /** How many columns each epoch has. */
  static final int PER_EPOCH = 3;

  static SummaryTable of(SweepAnalysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : SummaryRow.of(analysis)) {
      VariantSummary variant = row.variant();
      List<String> cells = new ArrayList<>();
      cells.add(variant.name());
      cells.add(variant.strength() == 0 ? "0" : Numbers.scientific(variant.strength()));
      cells.add(variant.counts().completed() + "/" + variant.counts().planned());
      for (Moment moment : analysis.moments()) {
        cells.add(estimate(variant.at(moment).get(Metric.VALIDATION_SCORE)));
        cells.add(difference(row.at(moment)));
        cells.add(
            switch (moment) {
                  case BEST_EPOCH -> variant.label();
                  case LAST_EPOCH ->
                      (row.last() == null ? variant.label() : row.last().label())
                          + (variant.overfits() && !overfitsAlready(row) ? ", overfits" : "");
                }
                + pValue(row.at(moment)));
      }
      cells.add(mean(variant.best().get(Metric.TRAIN_SCORE)));
      cells.add(mean(variant.testScore()));
      rows.add(cells);
    }
    return new SummaryTable(
        analysis.scoreName(), analysis.moments().stream().map(Moment::label).toList(), rows);
  }

  /** Column titles that stand below those of the epochs. */
  List<String> header() {
    List<String> header = new ArrayList<>(List.of("variant", "strength", "runs"));
    epochs.forEach(epoch -> header.addAll(List.of("validation " + score, "difference", "verdict")));
    header.addAll(List.of("training " + score, "test " + score));
    return header;
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

  /** In brackets behind a verdict; nothing where none was decided by a p value. */
  static String pValue(@Nullable Comparison comparison) {
    return comparison == null || Double.isNaN(comparison.score().adjustedPValue())
        ? ""
        : " (" + Formats.pValue(comparison.score().adjustedPValue()) + ")";
  }

  private static boolean overfitsAlready(SummaryRow row) {
    return row.last() != null && row.last().reason() == Reason.OVERFITS;
  }
}

package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts with a row per variant: scores, and differences as a forest plot. */
final class RowCharts {
  private static final int WIDTH = 860;
  private static final int ROW = 26;

  /** More rows than this nobody reads; the page has them all. */
  private static final int MOST_ROWS = 80;

  private final SweepAnalysis analysis;
  private final Palette palette;
  private final Focus focus;

  RowCharts(SweepAnalysis analysis, Palette palette, Focus focus) {
    this.analysis = analysis;
    this.palette = palette;
    this.focus = focus;
  }

  private record Row(VariantSummary variant, Mean best, Mean last) {}

  /** Validation score per variant, best and last epoch. */
  ChartImage scores() {
    List<Row> rows =
        analysis.variants().stream()
            .filter(variant -> variant.counts().completed() > 0)
            .map(
                variant ->
                    new Row(
                        variant,
                        Mean.of(variant.best().get(Metric.VALIDATION_SCORE)),
                        Mean.of(variant.last().get(Metric.VALIDATION_SCORE))))
            .toList();
    return new ChartImage(
        "validation-score",
        "Validation " + analysis.scoreName() + " by variant",
        "Mean over seeds with " + Formats.INTERVAL + left(rows),
        ChartImage.Paper.ROWS,
        List.of(Panel.of(chart(rows, "validation " + analysis.scoreName(), false))));
  }

  /** Paired differences to the baseline. */
  ChartImage differences() {
    List<Row> rows = new ArrayList<>();
    for (VariantSummary variant : analysis.variants()) {
      Mean best = difference(variant, Moment.BEST_EPOCH);
      Mean last = difference(variant, Moment.LAST_EPOCH);
      if (!Double.isNaN(best.mean())) {
        rows.add(new Row(variant, best, last));
      }
    }
    return new ChartImage(
        "paired-differences",
        "Difference to the baseline, paired by seed",
        "Validation "
            + analysis.scoreName()
            + ", variant minus baseline, with "
            + Formats.SIMULTANEOUS
            + left(rows),
        ChartImage.Paper.ROWS,
        List.of(Panel.of(chart(rows, "difference in validation " + analysis.scoreName(), true))));
  }

  private Mean difference(VariantSummary variant, Moment moment) {
    for (Comparison comparison : analysis.comparisons()) {
      if (comparison.moment() == moment && comparison.variant().equals(variant.name())) {
        return Mean.of(comparison.score());
      }
    }
    return new Mean(Double.NaN, Double.NaN, Double.NaN);
  }

  /** The rows with the highest means at the best epoch, in their order. */
  private static List<Row> highest(List<Row> rows) {
    Set<Row> kept =
        rows.stream()
            .sorted(Comparator.comparingDouble((Row row) -> row.best().mean()).reversed())
            .limit(MOST_ROWS)
            .collect(Collectors.toSet());
    return rows.stream().filter(kept::contains).toList();
  }

  private static String left(List<Row> rows) {
    return rows.size() > MOST_ROWS
        ? ". The highest " + MOST_ROWS + " of " + rows.size() + " variants"
        : "";
  }

  private XYChart chart(List<Row> all, String xTitle, boolean zeroLine) {
    List<Row> rows = highest(all);
    int n = rows.size();
    XYChart chart = ChartStyle.chart("", xTitle, "", WIDTH, 110 + ROW * Math.max(n, 2));
    chart
        .getStyler()
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setXAxisTickMarkSpacingHint(100);
    chart.getStyler().setYAxisMin(0.5).setYAxisMax(n + 0.5);
    // A tick per row: the step becomes 1 when the hint lies a little below a row's height.
    chart.getStyler().setYAxisTickMarkSpacingHint(ROW * 6 / 10);
    chart.setCustomYAxisTickLabelsFormatter(
        y -> {
          long row = Math.round(y);
          return row < 1 || row > n
              ? ChartStyle.blank(row)
              : rows.get((int) (n - row)).variant().name();
        });
    double[] span = span(rows, zeroLine);
    chart.getStyler().setXAxisMin(span[0]).setXAxisMax(span[1]);
    if (zeroLine) {
      ChartStyle.line(
          chart,
          new double[] {0, 0},
          new double[] {0.5, n + 0.5},
          ChartStyle.SOFT,
          ChartStyle.THIN);
    }
    for (int i = 0; i < n; i++) {
      Row row = rows.get(i);
      Color colour = palette.variant(row.variant().variant(), Theme.LIGHT);
      if (row.best().mean() < span[0] || row.best().mean() > span[1]) {
        outside(chart, row, n - i, span, colour);
      } else {
        double apart = both() ? 0.16 : 0;
        if (both()) {
          dot(chart, row, row.last(), n - i - apart, span, colour, true);
        }
        dot(chart, row, row.best(), n - i + apart, span, colour, false);
      }
    }
    legend(chart);
    return chart;
  }

  private void dot(
      XYChart chart, Row row, Mean mean, double y, double[] span, Color colour, boolean hollow) {
    if (Double.isNaN(mean.mean()) || mean.mean() < span[0] || mean.mean() > span[1]) {
      return;
    }
    if (!Double.isNaN(mean.low())) {
      double[] ends = {Math.max(span[0], mean.low()), Math.min(span[1], mean.high())};
      ChartStyle.line(
          chart,
          ends,
          new double[] {y, y},
          hollow ? ChartStyle.translucent(colour, 130) : colour,
          hollow ? ChartStyle.THIN : ChartStyle.SOLID);
    }
    double[] x = {mean.mean()};
    Palette.Mark mark = palette.mark(row.variant().family());
    ChartStyle.points(
        chart,
        "",
        x,
        new double[] {y},
        colour,
        hollow ? ShapeMarker.hollow(mark) : ShapeMarker.filled(mark));
  }

  private static void outside(XYChart chart, Row row, int y, double[] span, Color colour) {
    boolean left = row.best().mean() < span[0];
    double edge = left ? span[0] : span[1];
    String value = Formats.score(row.best().mean());
    chart.addAnnotation(
        new AnnotationText(
            (left ? "\u25c0 " : "") + value + ", off the scale" + (left ? "" : " \u25b6"),
            edge + (left ? 1 : -1) * 0.09 * (span[1] - span[0]),
            y,
            false));
    ChartStyle.points(chart, "", new double[] {edge}, new double[] {y}, colour, SeriesMarkers.NONE);
  }

  private double[] span(List<Row> rows, boolean zero) {
    List<Double> values = new ArrayList<>();
    if (zero) {
      values.add(0.0);
    }
    for (Row row : rows) {
      if (focus.holds(row.variant())) {
        for (Mean mean : List.of(row.best(), row.last())) {
          values.add(mean.mean());
          values.add(mean.low());
          values.add(mean.high());
        }
      }
    }
    return ChartStyle.span(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Whether best and last epoch are not the same. */
  private boolean both() {
    return analysis.moments().size() > 1;
  }

  private void legend(XYChart chart) {
    ChartStyle.legendOnly(
        chart,
        analysis.decisive().label(),
        ChartStyle.INK,
        ShapeMarker.filled(Palette.Mark.CIRCLE));
    if (both()) {
      ChartStyle.legendOnly(
          chart, "last epoch", ChartStyle.INK, ShapeMarker.hollow(Palette.Mark.CIRCLE));
    }
  }
}

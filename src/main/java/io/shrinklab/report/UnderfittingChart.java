package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Experiment;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Difference in training score against difference in validation score, a point per variant: who is
 * lower in both than the baseline underfits.
 */
final class UnderfittingChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 460;

  private final Experiment experiment;
  private final SweepAnalysis analysis;
  private final Palette palette;

  UnderfittingChart(Experiment experiment, SweepAnalysis analysis, Palette palette) {
    this.experiment = experiment;
    this.analysis = analysis;
    this.palette = palette;
  }

  /** All variants to the left; the crowd around the baseline to the right when some are far off. */
  ChartImage image(Focus focus) {
    List<Point> all =
        SummaryRow.of(analysis).stream().map(this::point).filter(Objects::nonNull).toList();
    List<Point> near = all.stream().filter(point -> focus.holds(point.variant())).toList();
    List<XYChart> panels = new ArrayList<>();
    if (near.size() < all.size()) {
      panels.add(chart("All variants", all, WIDTH - 60, false));
      panels.add(chart("Near the baseline", near, WIDTH + 110, true));
    } else {
      panels.add(chart("All variants", all, WIDTH + 200, true));
    }
    return new ChartImage(
        "charts/underfitting.png",
        "Underfitting: what a variant changes in training and in validation "
            + analysis.scoreName(),
        analysis.decisive().title()
            + ", difference to the baseline with "
            + Formats.SIMULTANEOUS
            + "s. Shaded: lower than the baseline in both."
            + " The stronger the penalty, the darker the point.",
        panels);
  }

  /** A variant's differences; the baseline's are 0 and have no interval. */
  private record Point(VariantSummary variant, Mean train, Mean validation) {}

  private static final Mean ZERO = new Mean(0, Double.NaN, Double.NaN);

  private @Nullable Point point(SummaryRow row) {
    VariantSummary variant = row.variant();
    if (experiment.isBaseline(variant.variant())) {
      return variant.counts().completed() == 0 ? null : new Point(variant, ZERO, ZERO);
    }
    Comparison best = row.best();
    return best == null || best.score().n() == 0
        ? null
        : new Point(variant, Mean.of(best.train()), Mean.of(best.score()));
  }

  private XYChart chart(String title, List<Point> points, int width, boolean legend) {
    XYChart chart =
        ChartStyle.chart(
            title,
            "difference in training " + analysis.scoreName(),
            "difference in validation " + analysis.scoreName(),
            width,
            HEIGHT);
    chart.getStyler().setLegendVisible(legend).setLegendPosition(LegendPosition.OutsideE);
    double[] x = span(points.stream().map(Point::train));
    double[] y = span(points.stream().map(Point::validation));
    chart.getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]);
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    ChartStyle.area(
        chart, new double[] {x[0], 0, 0, x[0]}, new double[] {y[0], y[0], 0, 0}, ChartStyle.REGION);
    points.forEach(point -> bars(chart, point));
    for (Point point : points) {
      ChartStyle.points(
          chart,
          "",
          new double[] {point.train().mean()},
          new double[] {point.validation().mean()},
          colour(point.variant()),
          ChartStyle.marker(palette.mark(point.variant().family())));
    }
    analysis.variants().stream()
        .map(VariantSummary::family)
        .distinct()
        .forEach(
            family ->
                ChartStyle.legendOnly(
                    chart,
                    family,
                    palette.family(family, Theme.LIGHT),
                    ChartStyle.marker(palette.mark(family))));
    return chart;
  }

  private void bars(XYChart chart, Point point) {
    Mean x = point.train();
    Mean y = point.validation();
    if (!Double.isNaN(x.low()) && !Double.isNaN(y.low())) {
      Color colour = ChartStyle.translucent(colour(point.variant()), 120);
      double[] xs = {x.low(), x.high()};
      double[] ys = {y.low(), y.high()};
      ChartStyle.line(chart, xs, new double[] {y.mean(), y.mean()}, colour, ChartStyle.THIN);
      ChartStyle.line(chart, new double[] {x.mean(), x.mean()}, ys, colour, ChartStyle.THIN);
    }
  }

  private Color colour(VariantSummary variant) {
    return palette.variant(variant.variant(), Theme.LIGHT);
  }

  /** Limits that hold 0 too. */
  private static double[] span(Stream<Mean> means) {
    return ChartStyle.span(
        DoubleStream.concat(
                DoubleStream.of(0),
                means.flatMapToDouble(
                    each -> DoubleStream.of(each.mean(), each.low(), each.high())))
            .toArray());
  }
}

package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.report.Panel.Towards;
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
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Difference in training score against difference in validation score, a point per variant: who is
 * lower in both than the baseline underfits.
 */
final class UnderfittingChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 460;

  private static final int LEGEND = 170;

  /** More names than this do not find a place. */
  private static final int MOST_NAMES = 30;

  /** Points nearer than this share of the axes have their names beside the plot. */
  private static final double CROWD = 0.06;

  /** A quadrant is named if it has this share of the width, and half of it of the height. */
  private static final double ROOM = 0.16;

  private static final Marker NO_MARK = SeriesMarkers.NONE;

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
    List<Panel> panels = new ArrayList<>();
    if (near.size() < all.size()) {
      List<Point> far = all.stream().filter(point -> !focus.holds(point.variant())).toList();
      panels.add(panel("All variants", all, far, WIDTH - 40));
      panels.add(panel("Near the baseline", near, near, WIDTH));
    } else {
      panels.add(panel("All variants", all, all, WIDTH + 150));
    }
    return new ChartImage(
        "underfitting",
        "Underfitting: what a variant changes in training and in validation "
            + analysis.scoreName(),
        analysis.decisive().title()
            + ", difference to the baseline with "
            + Formats.SIMULTANEOUS
            + "s. Shaded: lower than the baseline in both."
            + " The stronger the penalty, the darker the point.",
        ChartImage.Paper.PAGE,
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

  /** All points, of which {@code named} have their names beside them. */
  private Panel panel(String title, List<Point> points, List<Point> named, int width) {
    boolean legend = named.size() > MOST_NAMES;
    int room = legend ? width + LEGEND : width;
    XYChart chart =
        ChartStyle.chart(
            title,
            "difference in training " + analysis.scoreName(),
            "difference in validation " + analysis.scoreName(),
            room,
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
          ShapeMarker.filled(palette.mark(point.variant().family())));
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
                    ShapeMarker.filled(palette.mark(family))));
    if (legend) {
      return Panel.of(chart);
    }
    List<Panel.Label> alone = new ArrayList<>();
    List<Panel.Label> crowded = new ArrayList<>();
    for (Point point : named) {
      boolean crowd =
          points.stream()
                  .filter(
                      other ->
                          Math.hypot(
                                  (point.train().mean() - other.train().mean()) / (x[1] - x[0]),
                                  (point.validation().mean() - other.validation().mean())
                                      / (y[1] - y[0]))
                              < CROWD)
                  .count()
              > 1;
      (crowd ? crowded : alone).add(label(point));
    }
    if (named.size() < points.size()) {
      alone.add(new Panel.Label("the others", 0, 0, ChartStyle.INK, ChartStyle.SOLID, NO_MARK));
    }
    return Panel.of(chart).withPoints(alone).withEnds(crowded).withNotes(quadrants(x, y));
  }

  /** The name of each quadrant that has room for it. */
  private static List<Panel.Note> quadrants(double[] x, double[] y) {
    List<Panel.Note> notes = new ArrayList<>();
    boolean left = -x[0] > ROOM * (x[1] - x[0]);
    boolean right = x[1] > ROOM * (x[1] - x[0]);
    if (-y[0] > ROOM / 2 * (y[1] - y[0])) {
      if (left) {
        notes.add(new Panel.Note("underfits", x[0], y[0], Towards.RIGHT_UP));
      }
      if (right) {
        notes.add(new Panel.Note("generalizes worse", x[1], y[0], Towards.LEFT_UP));
      }
    }
    if (y[1] > ROOM / 2 * (y[1] - y[0])) {
      if (left) {
        notes.add(new Panel.Note("generalizes better", x[0], y[1], Towards.RIGHT_DOWN));
      }
      if (right) {
        notes.add(new Panel.Note("higher in both", x[1], y[1], Towards.LEFT_DOWN));
      }
    }
    return notes;
  }

  private Panel.Label label(Point point) {
    return new Panel.Label(
        point.variant().name(),
        point.train().mean(),
        point.validation().mean(),
        colour(point.variant()),
        ChartStyle.SOLID,
        ShapeMarker.filled(palette.mark(point.variant().family())));
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

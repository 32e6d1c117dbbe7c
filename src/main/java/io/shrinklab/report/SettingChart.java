package io.shrinklab.report;

import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Numbers;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/** Each family's score over what a top-level grid varies, at the strength that validation chose. */
final class SettingChart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  private final SweepAnalysis analysis;
  private final Palette palette;
  private final SettingAxis axis;
  private final boolean tested;

  SettingChart(SweepAnalysis analysis, Palette palette, SettingAxis axis) {
    this.analysis = analysis;
    this.palette = palette;
    this.axis = axis;
    this.tested =
        analysis.variants().stream()
            .filter(variant -> variant.counts().completed() > 0)
            .allMatch(variant -> variant.testScore().n() > 0);
  }

  private record Point(double x, Estimate score) {}

  ChartImage image() {
    return new ChartImage(
        "score-over-setting",
        (tested ? "Test " : "Validation ") + analysis.scoreName() + " over " + axis.path(),
        "Of each family the strength that is best on validation there; mean over seeds with "
            + Formats.INTERVAL
            + (tested ? "." : ", which is a little too good where there are several strengths."),
        ChartImage.Paper.COLUMN,
        List.of(panel()));
  }

  private Panel panel() {
    XYChart chart =
        ChartStyle.chart(
            "",
            axis.path(),
            (tested ? "test " : "validation ") + analysis.scoreName(),
            WIDTH,
            HEIGHT);
    double[] xs = axis.values().values().stream().mapToDouble(this::place).toArray();
    double[] span = ChartStyle.span(xs);
    chart.getStyler().setXAxisMin(span[0]).setXAxisMax(span[1]);
    chart.getStyler().setXAxisTickMarkSpacingHint(40);
    if (axis.spansDecades()) {
      chart.setCustomXAxisTickLabelsFormatter(SettingChart::decade);
    }
    Set<String> families = new LinkedHashSet<>();
    analysis.variants().forEach(variant -> families.add(variant.family()));
    List<Estimate> shown = new ArrayList<>();
    List<Panel.Label> ends = new ArrayList<>();
    int drawn = 0;
    for (String family : families) {
      List<Point> points = points(family);
      points.forEach(point -> shown.add(point.score()));
      // Side by side, or intervals at the same value would hide each other.
      double shift = 0.004 * (span[1] - span[0]) * (drawn++ - (families.size() - 1) / 2.0);
      family(chart, family, points, shift);
      if (!points.isEmpty()) {
        Point last = points.get(points.size() - 1);
        ends.add(
            new Panel.Label(
                family,
                last.x(),
                last.score().mean(),
                palette.family(family, Theme.LIGHT),
                ChartStyle.SOLID,
                ShapeMarker.filled(palette.mark(family))));
      }
    }
    chart.getStyler().setLegendVisible(ends.size() > Panel.MOST_ENDS);
    double[] y =
        ChartStyle.span(
            shown.stream()
                .flatMapToDouble(e -> DoubleStream.of(e.mean(), e.low(), e.high()))
                .toArray());
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    return ends.size() > Panel.MOST_ENDS
        ? Panel.of(chart)
        : Panel.of(chart).withEnds(ends).inItsWidth();
  }

  private double place(double value) {
    return axis.spansDecades() ? Math.log10(value) : value;
  }

  private static String decade(double at) {
    long exponent = Math.round(at);
    return Math.abs(at - exponent) > 0.01
        ? ChartStyle.blank(Math.round(100 * at))
        : Numbers.plain(Double.parseDouble("1e" + exponent));
  }

  private List<Point> points(String family) {
    List<Point> points = new ArrayList<>();
    for (Map.Entry<String, Double> setting : axis.values().entrySet()) {
      chosen(family, setting.getKey())
          .ifPresent(
              variant ->
                  points.add(
                      new Point(
                          place(setting.getValue()),
                          tested
                              ? variant.testScore()
                              : variant.best().get(Metric.VALIDATION_SCORE))));
    }
    points.sort(Comparator.comparingDouble(Point::x));
    return points;
  }

  private Optional<VariantSummary> chosen(String family, String setting) {
    return analysis.variants().stream()
        .filter(variant -> variant.family().equals(family))
        .filter(variant -> variant.variant().setting().equals(setting))
        .filter(variant -> variant.counts().completed() > 0)
        .max(
            Comparator.comparingDouble(
                variant -> variant.best().get(Metric.VALIDATION_SCORE).mean()));
  }

  private void family(XYChart chart, String family, List<Point> points, double shift) {
    if (points.isEmpty()) {
      return;
    }
    Color colour = palette.family(family, Theme.LIGHT);
    double[] x = points.stream().mapToDouble(point -> point.x() + shift).toArray();
    for (int i = 0; i < x.length; i++) {
      Estimate score = points.get(i).score();
      if (score.hasInterval()) {
        ChartStyle.line(
            chart,
            new double[] {x[i], x[i]},
            new double[] {score.low(), score.high()},
            ChartStyle.translucent(colour, 130),
            ChartStyle.THIN);
      }
    }
    double[] y = points.stream().mapToDouble(point -> point.score().mean()).toArray();
    ChartStyle.points(chart, family, x, y, colour, ShapeMarker.filled(palette.mark(family)))
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
        .setLineStyle(ChartStyle.SOLID);
  }
}

package io.shrinklab.report;

import io.shrinklab.analysis.CurvePoint;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.FamilyCurve;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.Metric;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Numbers;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;

/** Validation score over lambda, a line per family: the regularization path. */
final class StrengthChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 440;

  /** Decades between neighbouring families. */
  private static final double SHIFT = 0.03;

  private static final Marker ANCHOR = ShapeMarker.filled(Palette.Mark.CIRCLE);

  private final SweepAnalysis analysis;
  private final Palette palette;
  private final Set<String> outside;

  StrengthChart(SweepAnalysis analysis, Palette palette, Focus focus) {
    this.analysis = analysis;
    this.palette = palette;
    this.outside = focus.outside();
  }

  ChartImage image() {
    List<Estimate> shown = new ArrayList<>();
    for (FamilyCurve curve : analysis.curves()) {
      for (CurvePoint point : curve.points()) {
        if (!outside.contains(point.variant())) {
          shown.add(point.best().get(Metric.VALIDATION_SCORE));
          shown.add(point.last().get(Metric.VALIDATION_SCORE));
        }
      }
    }
    double[] y =
        ChartStyle.span(
            shown.stream()
                .flatMapToDouble(e -> DoubleStream.of(e.mean(), e.low(), e.high()))
                .toArray());
    return new ChartImage(
        "score-over-strength",
        "Validation " + analysis.scoreName() + " over strength",
        "Mean over seeds with "
            + Formats.INTERVAL
            + "; 0 is no penalty."
            + (outside.isEmpty()
                ? ""
                : " Off the scale: " + String.join(", ", outside.stream().sorted().toList())),
        ChartImage.Paper.PAGE,
        analysis.moments().stream().map(moment -> panel(moment, y)).toList());
  }

  private Panel panel(Moment moment, double[] y) {
    boolean first = moment == analysis.decisive();
    // The names stand beside the last panel, which may be the first.
    boolean last = moment == Moment.LAST_EPOCH;
    int families = analysis.curves().size();
    boolean named = last && families <= Panel.MOST_ENDS;
    XYChart chart =
        ChartStyle.chart(
            moment.title(),
            "lambda (weight decay: its strength)",
            first ? "validation " + analysis.scoreName() : "",
            last && !named ? WIDTH + 140 : WIDTH,
            HEIGHT);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    double[] exponents =
        analysis.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .filter(point -> point.strength() > 0)
            .mapToDouble(point -> Math.log10(point.strength()))
            .toArray();
    double lowest = DoubleStream.of(exponents).min().orElse(0);
    double highest = DoubleStream.of(exponents).max().orElse(0);
    // The logarithm is taken here, so that lambda = 0 can stand one decade to the left.
    long zero = (long) Math.floor(lowest) - 1;
    chart.getStyler().setXAxisMin(zero - 0.3).setXAxisMax(highest + 0.3);
    chart.getStyler().setXAxisTickMarkSpacingHint(50);
    chart.setCustomXAxisTickLabelsFormatter(
        x -> {
          long exponent = Math.round(x);
          if (exponent < zero) {
            // Beyond the axis, so never drawn, but its height makes room for the others.
            return "1e" + exponent;
          }
          if (Math.abs(x - exponent) > 0.01) {
            return ChartStyle.blank(Math.round(100 * x));
          }
          return exponent == zero ? "0" : Numbers.scientific(Double.parseDouble("1e" + exponent));
        });
    List<Panel.Label> ends = new ArrayList<>();
    for (int i = 0; i < families; i++) {
      // Side by side, or intervals at the same lambda would hide each other; hardly, or a point
      // would tell of another lambda.
      double shift = SHIFT * (i - (families - 1) / 2.0);
      ends.add(family(chart, analysis.curves().get(i), moment, zero, shift, y));
    }
    chart.getStyler().setLegendVisible(last && !named);
    return named ? Panel.of(chart).withEnds(ends) : Panel.of(chart);
  }

  /** Gives the name and where it belongs: at the last point that the scale holds. */
  private Panel.Label family(
      XYChart chart, FamilyCurve curve, Moment moment, long zero, double shift, double[] span) {
    Color colour = palette.family(curve.family(), Theme.LIGHT);
    List<CurvePoint> points = curve.points();
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      CurvePoint point = points.get(i);
      Estimate score =
          (moment == Moment.BEST_EPOCH ? point.best() : point.last()).get(Metric.VALIDATION_SCORE);
      x[i] = point.anchor() ? (double) zero : shift + Math.log10(point.strength());
      y[i] = score.mean();
      if (score.hasInterval() && !outside.contains(point.variant())) {
        ChartStyle.line(
            chart,
            new double[] {x[i], x[i]},
            new double[] {score.low(), score.high()},
            ChartStyle.translucent(point.anchor() ? ChartStyle.INK : colour, 130),
            ChartStyle.THIN);
      }
    }
    String label =
        curve.setting().isEmpty() ? curve.family() : curve.family() + " " + curve.setting();
    Marker marker = ShapeMarker.filled(palette.mark(curve.family()));
    int first = points.get(0).anchor() ? 1 : 0;
    if (first == 1 && x.length > 2) {
      // No strength lies between 0 and the weakest, so no line that would claim so.
      ChartStyle.line(
          chart,
          Arrays.copyOfRange(x, 0, 2),
          Arrays.copyOfRange(y, 0, 2),
          colour,
          ChartStyle.stroke(Palette.Dash.DOTS));
      ChartStyle.points(
          chart, "", new double[] {x[0]}, new double[] {y[0]}, ChartStyle.INK, ANCHOR);
    }
    XYSeries series =
        ChartStyle.points(
            chart,
            label,
            Arrays.copyOfRange(x, first, x.length),
            Arrays.copyOfRange(y, first, x.length),
            colour,
            marker);
    if (x.length - first > 1) {
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setLineStyle(ChartStyle.SOLID);
    }
    int last = x.length - 1;
    while (last > 0 && (y[last] < span[0] || y[last] > span[1])) {
      last--;
    }
    return new Panel.Label(label, x[last], y[last], colour, ChartStyle.SOLID, marker);
  }
}

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
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Validation score over lambda, a line per family: the regularization path. */
final class StrengthChart {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 440;

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
        "charts/score-over-strength.png",
        "Validation " + analysis.scoreName() + " over strength",
        "Mean over seeds with "
            + Formats.INTERVAL
            + "; 0 is no penalty."
            + (outside.isEmpty()
                ? ""
                : " Off the scale: " + String.join(", ", outside.stream().sorted().toList())),
        analysis.moments().stream().map(moment -> panel(moment, y)).toList());
  }

  private XYChart panel(Moment moment, double[] y) {
    boolean first = moment == analysis.decisive();
    // The legend stands beside the last panel, which may be the first.
    boolean last = moment == Moment.LAST_EPOCH;
    XYChart chart =
        ChartStyle.chart(
            moment.title(),
            "lambda (weight decay: its strength)",
            first ? "validation " + analysis.scoreName() : "",
            last ? WIDTH + 140 : WIDTH,
            HEIGHT);
    chart.getStyler().setLegendVisible(last).setLegendPosition(LegendPosition.OutsideE);
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
    int families = analysis.curves().size();
    for (int i = 0; i < families; i++) {
      // Side by side, or intervals at the same lambda would hide each other.
      family(chart, analysis.curves().get(i), moment, zero, 0.06 * (i - (families - 1) / 2.0));
    }
    return chart;
  }

  private void family(XYChart chart, FamilyCurve curve, Moment moment, long zero, double shift) {
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
    XYSeries series =
        ChartStyle.points(
            chart, label, x, y, colour, ChartStyle.marker(palette.mark(curve.family())));
    if (points.stream().filter(point -> !point.anchor()).count() > 1) {
      series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setLineStyle(ChartStyle.SOLID);
    }
  }
}

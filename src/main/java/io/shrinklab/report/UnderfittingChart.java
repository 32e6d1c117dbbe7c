package io.shrinklab.report;

import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Experiment;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Training score against validation score, a point per variant: who is lower in both than the
 * baseline underfits.
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
    List<VariantSummary> all =
        analysis.variants().stream().filter(variant -> variant.counts().completed() > 0).toList();
    List<VariantSummary> near = all.stream().filter(focus::holds).toList();
    List<XYChart> panels = new ArrayList<>();
    if (near.size() < all.size()) {
      panels.add(chart("All variants", all, WIDTH - 60, false));
      panels.add(chart("Near the baseline", near, WIDTH + 110, true));
    } else {
      panels.add(chart("All variants", all, WIDTH + 200, true));
    }
    return new ChartImage(
        "charts/underfitting.png",
        "Underfitting: training against validation " + analysis.scoreName(),
        "Best epoch, mean over seeds with "
            + Formats.INTERVAL
            + "s. Shaded: lower than the baseline in both."
            + " The stronger the penalty, the darker the point.",
        panels);
  }

  private XYChart chart(String title, List<VariantSummary> variants, int width, boolean legend) {
    XYChart chart =
        ChartStyle.chart(
            title,
            "training " + analysis.scoreName(),
            "validation " + analysis.scoreName(),
            width,
            HEIGHT);
    chart.getStyler().setLegendVisible(legend).setLegendPosition(LegendPosition.OutsideE);
    double[] x =
        span(variants.stream().map(variant -> variant.best().get(Metric.TRAIN_SCORE)).toList());
    double[] y =
        span(
            variants.stream().map(variant -> variant.best().get(Metric.VALIDATION_SCORE)).toList());
    chart.getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]);
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    for (VariantSummary variant : variants) {
      if (variant.variant().entry().equals(experiment.baseline())) {
        double right = variant.best().get(Metric.TRAIN_SCORE).mean();
        double top = variant.best().get(Metric.VALIDATION_SCORE).mean();
        ChartStyle.area(
            chart,
            new double[] {x[0], right, right, x[0]},
            new double[] {y[0], y[0], top, top},
            ChartStyle.REGION);
      }
    }
    variants.forEach(variant -> bars(chart, variant));
    for (VariantSummary variant : variants) {
      ChartStyle.points(
          chart,
          "",
          new double[] {variant.best().get(Metric.TRAIN_SCORE).mean()},
          new double[] {variant.best().get(Metric.VALIDATION_SCORE).mean()},
          colour(variant),
          ChartStyle.marker(palette.mark(variant.family())));
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

  private void bars(XYChart chart, VariantSummary variant) {
    Estimate x = variant.best().get(Metric.TRAIN_SCORE);
    Estimate y = variant.best().get(Metric.VALIDATION_SCORE);
    if (x.hasInterval() && y.hasInterval()) {
      Color colour = ChartStyle.translucent(colour(variant), 120);
      double[] xs = {x.low(), x.high()};
      double[] ys = {y.low(), y.high()};
      ChartStyle.line(chart, xs, new double[] {y.mean(), y.mean()}, colour, ChartStyle.THIN);
      ChartStyle.line(chart, new double[] {x.mean(), x.mean()}, ys, colour, ChartStyle.THIN);
    }
  }

  private Color colour(VariantSummary variant) {
    return palette.variant(variant.variant(), Theme.LIGHT);
  }

  private static double[] span(List<Estimate> estimates) {
    return ChartStyle.span(
        estimates.stream()
            .flatMapToDouble(
                estimate -> DoubleStream.of(estimate.mean(), estimate.low(), estimate.high()))
            .toArray());
  }
}

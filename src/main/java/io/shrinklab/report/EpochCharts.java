package io.shrinklab.report;

import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.wording.Formats;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Score and loss over epochs, training beside validation on the same scale. The variants without a
 * penalty and the strongest of each family: more lines than that cannot be read.
 */
final class EpochCharts {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 420;

  private final SweepAnalysis analysis;
  private final Palette palette;
  private final Focus focus;
  private final Map<RunSpec, RunRecord> records = new HashMap<>();

  EpochCharts(SweepAnalysis analysis, List<RunRecord> records, Palette palette, Focus focus) {
    this.analysis = analysis;
    this.palette = palette;
    this.focus = focus;
    records.forEach(run -> this.records.put(run.spec(), run));
  }

  private record Line(VariantSummary variant, EpochCurve train, EpochCurve validation) {}

  ChartImage scores() {
    return image(
        "charts/score-over-epochs.png",
        analysis.scoreName(),
        Metric.TRAIN_SCORE,
        Metric.VALIDATION_SCORE);
  }

  ChartImage losses() {
    return image(
        "charts/loss-over-epochs.png", "data loss", Metric.TRAIN_LOSS, Metric.VALIDATION_LOSS);
  }

  private ChartImage image(String path, String what, Metric train, Metric validation) {
    List<Line> lines = new ArrayList<>();
    for (VariantSummary variant : shown()) {
      List<RunRecord> runs = completed(variant);
      lines.add(
          new Line(variant, EpochCurve.of(runs, 1, train), EpochCurve.of(runs, 1, validation)));
    }
    double[] y = span(lines);
    return new ChartImage(
        path,
        capital(what) + " over epochs",
        "No penalty and the strongest of each family on this scale; mean over seeds with "
            + Formats.INTERVAL
            + ". The first epochs run off the scale.",
        List.of(
            panel("Training", what, lines, true, y), panel("Validation", what, lines, false, y)));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Per setting and family the strongest variant that shares the others' scale. */
  private List<VariantSummary> shown() {
    Map<String, VariantSummary> strongest = new LinkedHashMap<>();
    for (VariantSummary variant : analysis.variants()) {
      if (variant.counts().completed() > 0 && focus.holds(variant)) {
        strongest.merge(
            variant.variant().setting() + "\n" + variant.family(),
            variant,
            (a, b) -> b.strength() > a.strength() ? b : a);
      }
    }
    return List.copyOf(strongest.values());
  }

  private List<RunRecord> completed(VariantSummary variant) {
    return variant.runs().stream()
        .filter(RunSummary::completed)
        .map(run -> records.get(new RunSpec(variant.variant(), run.seed())))
        .filter(Objects::nonNull)
        .toList();
  }

  private XYChart panel(String title, String what, List<Line> lines, boolean training, double[] y) {
    XYChart chart =
        ChartStyle.chart(
            title, "epoch", training ? what : "", training ? WIDTH : WIDTH + 150, HEIGHT);
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    int epochs = lines.stream().mapToInt(line -> line.train().epochs().size()).max().orElse(1);
    // A little beyond the last epoch, or its label is cut.
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(epochs * 1.02);
    chart.getStyler().setLegendVisible(!training).setLegendPosition(LegendPosition.OutsideE);
    for (Line line : lines) {
      Color colour = palette.variant(line.variant().variant(), Theme.LIGHT);
      ChartStyle.curve(
          chart, training ? line.train() : line.validation(), colour, ChartStyle.SOLID);
      ChartStyle.legendOnly(chart, line.variant().name(), colour, SeriesMarkers.NONE)
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
          .setLineStyle(ChartStyle.SOLID);
    }
    return chart;
  }

  /** Holds the curves from their first sixth on. */
  private static double[] span(List<Line> lines) {
    return ChartStyle.span(
        lines.stream()
            .flatMap(line -> Stream.of(line.train(), line.validation()))
            .flatMap(curve -> curve.estimates().stream().skip(curve.estimates().size() / 6))
            .flatMapToDouble(
                estimate -> DoubleStream.of(estimate.mean(), estimate.low(), estimate.high()))
            .toArray());
  }
}

package io.shrinklab.report;

import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.wording.Formats;
import java.awt.BasicStroke;
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
import org.knowm.xchart.style.markers.Marker;

/**
 * Score and loss over epochs, training beside validation on the same scale. The variants without a
 * penalty and the strongest of each family: more lines than that cannot be read.
 */
final class EpochCharts {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 420;
  private static final int NAMES = 150;

  /** Markers of a line: enough to follow it. */
  private static final int MARKS = 4;

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
        "score-over-epochs", analysis.scoreName(), Metric.TRAIN_SCORE, Metric.VALIDATION_SCORE);
  }

  ChartImage losses() {
    return image("loss-over-epochs", "data loss", Metric.TRAIN_LOSS, Metric.VALIDATION_LOSS);
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
        ChartImage.Paper.PAGE,
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

  private Panel panel(String title, String what, List<Line> lines, boolean training, double[] y) {
    boolean named = !training && lines.size() <= Panel.MOST_ENDS;
    XYChart chart =
        ChartStyle.chart(
            title,
            "epoch",
            training ? what : "",
            training || named ? WIDTH : WIDTH + NAMES,
            HEIGHT);
    chart.getStyler().setYAxisMin(y[0]).setYAxisMax(y[1]);
    int epochs = lines.stream().mapToInt(line -> line.train().epochs().size()).max().orElse(1);
    // A little beyond the last epoch, or its label is cut.
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(epochs * 1.02);
    chart
        .getStyler()
        .setLegendVisible(!training && !named)
        .setLegendPosition(LegendPosition.OutsideE);
    List<Panel.Label> ends = new ArrayList<>();
    for (Line line : lines) {
      Variant variant = line.variant().variant();
      Color colour = palette.variant(variant, Theme.LIGHT);
      BasicStroke stroke = ChartStyle.stroke(palette.dash(variant));
      Marker marker = ShapeMarker.filled(palette.mark(line.variant().family()));
      EpochCurve curve = training ? line.train() : line.validation();
      ChartStyle.curve(chart, curve, colour, stroke);
      marks(chart, curve, (ends.size() + 0.5) / lines.size(), colour, marker);
      ChartStyle.legendOnly(chart, variant.name(), colour, marker)
          .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
          .setLineStyle(stroke);
      int last = curve.epochs().size() - 1;
      ends.add(
          new Panel.Label(
              variant.name(),
              last < 0 ? 0 : curve.epochs().get(last),
              last < 0 ? y[0] : curve.estimates().get(last).mean(),
              colour,
              stroke,
              marker));
    }
    return named ? Panel.of(chart).withEnds(ends) : Panel.of(chart);
  }

  /** The family's marker here and there, at other epochs than the other lines' or it hides them. */
  private static void marks(
      XYChart chart, EpochCurve curve, double share, Color colour, Marker marker) {
    int n = curve.epochs().size();
    double apart = Math.max(1, n / (double) MARKS);
    List<Integer> at = new ArrayList<>();
    for (double index = share * apart; index < n; index += apart) {
      at.add((int) index);
    }
    if (!at.isEmpty()) {
      ChartStyle.points(
          chart,
          "",
          at.stream().mapToDouble(i -> curve.epochs().get(i)).toArray(),
          at.stream().mapToDouble(i -> curve.estimates().get(i).mean()).toArray(),
          colour,
          marker);
    }
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

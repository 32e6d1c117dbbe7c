package io.shrinklab.report;

import io.shrinklab.report.PageData.CoefficientLine;
import io.shrinklab.report.PageData.CoefficientPath;
import io.shrinklab.report.Palette.Dash;
import io.shrinklab.spec.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Coefficients over lambda, a line per feature, from strong to weak. */
final class CoefficientChart {
  private static final int PANELS = 3;
  private static final int WIDTH = 660;
  private static final int NARROW = 560;
  private static final int HEIGHT = 460;

  /** Of {@link CoefficientLine#dash}. */
  private static final List<Dash> DASHES = List.of(Dash.SOLID, Dash.LONG, Dash.DOTS);

  private CoefficientChart() {}

  static ChartImage image(List<CoefficientPath> paths) {
    List<CoefficientPath> drawn = paths.subList(0, Math.min(PANELS, paths.size()));
    int left = paths.size() - drawn.size();
    return new ChartImage(
        "coefficients",
        "Coefficients over strength" + (paths.size() == 1 ? ": " + paths.get(0).name() : ""),
        "Mean over seeds at the last epoch, in units of the scaled features; 0 is no penalty."
            + (left > 0 ? " " + left + " more on the page." : ""),
        drawn.size() == 1 ? ChartImage.Paper.COLUMN : ChartImage.Paper.ROWS,
        drawn.stream().map(path -> panel(path, drawn.size() == 1 ? WIDTH : NARROW)).toList());
  }

  private static Panel panel(CoefficientPath path, int width) {
    XYChart chart =
        ChartStyle.chart(path.name(), "lambda, strong to weak", "coefficient", width, HEIGHT);
    boolean named = path.lines().size() <= Panel.MOST_ENDS;
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendVisible(!named);
    List<Double> strengths = path.strengths();
    double[] x = new double[strengths.size()];
    double weakest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < x.length && strengths.get(i) > 0; i++) {
      // Minus the logarithm: strong is left.
      x[i] = -Math.log10(strengths.get(i));
      weakest = Math.max(weakest, x[i]);
    }
    long zero = (long) Math.ceil(weakest - 1e-9) + 1;
    if (strengths.get(x.length - 1) == 0) {
      x[x.length - 1] = zero;
    }
    chart.getStyler().setXAxisMin(x[0] - 0.15).setXAxisMax(x[x.length - 1] + 0.15);
    chart.getStyler().setXAxisTickMarkSpacingHint(50);
    chart.setCustomXAxisTickLabelsFormatter(
        at -> {
          long exponent = Math.round(at);
          if (Math.abs(at - exponent) > 0.01) {
            return ChartStyle.blank(Math.round(100 * at));
          }
          return exponent == zero ? "0" : Numbers.scientific(Double.parseDouble("1e" + -exponent));
        });
    double[] span =
        ChartStyle.span(
            path.lines().stream()
                .flatMapToDouble(line -> line.means().stream().mapToDouble(Double::doubleValue))
                .toArray());
    chart.getStyler().setYAxisMin(span[0]).setYAxisMax(span[1]);
    ChartStyle.line(
        chart,
        new double[] {x[0] - 0.15, x[x.length - 1] + 0.15},
        new double[] {0, 0},
        ChartStyle.SOFT,
        ChartStyle.THIN);
    List<Panel.Label> ends = new ArrayList<>();
    for (CoefficientLine line : path.lines()) {
      double[] y = line.means().stream().mapToDouble(Double::doubleValue).toArray();
      Color colour = Color.decode(line.light());
      BasicStroke stroke = ChartStyle.stroke(DASHES.get(line.dash()));
      XYSeries series = chart.addSeries("feature " + chart.getSeriesMap().size(), x, y);
      series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
      series.setLabel(line.feature());
      ends.add(
          new Panel.Label(
              line.feature(),
              x[x.length - 1],
              y[y.length - 1],
              colour,
              stroke,
              SeriesMarkers.NONE));
    }
    return named ? Panel.of(chart).withEnds(ends).inItsWidth() : Panel.of(chart);
  }
}

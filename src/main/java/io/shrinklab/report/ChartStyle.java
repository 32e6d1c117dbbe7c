package io.shrinklab.report;

import io.shrinklab.analysis.Estimate;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look that all PNG charts share. Sizes are in points, before the image is doubled. */
final class ChartStyle {
  static final Color INK = new Color(0x1c2025);
  static final Color SOFT = new Color(0x59626c);
  static final Color GRID = new Color(0xe6e6e1);
  static final Color LEADER = new Color(0xa9aeb4);
  static final Color REGION = new Color(150, 90, 30, 26);
  static final BasicStroke SOLID = stroke(1.8f);
  static final BasicStroke THIN = stroke(1.2f);
  static final BasicStroke HAIR = stroke(0.6f);
  static final BasicStroke DASHED =
      new BasicStroke(
          1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);

  private ChartStyle() {}

  /** A line of the curves' width. */
  static BasicStroke stroke(Palette.Dash dash) {
    if (dash == Palette.Dash.SOLID) {
      return SOLID;
    }
    float[] pattern = new float[dash.pattern().size()];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = dash.pattern().get(i);
    }
    return new BasicStroke(
        SOLID.getLineWidth(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, pattern, 0);
  }

  private static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  /** An empty chart. */
  static XYChart chart(String title, String xTitle, String yTitle, int width, int height) {
    XYChart chart = new XYChart(width, height);
    chart.setTitle(title);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    XYStyler styler = chart.getStyler();
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartPadding(12)
        .setChartTitleFont(font(Font.BOLD, 15))
        .setChartTitleVisible(false)
        .setPlotBorderVisible(false)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotContentSize(1)
        .setLegendBorderColor(Color.WHITE)
        .setLegendFont(font(Font.PLAIN, 12))
        .setLegendPadding(6)
        .setLegendSeriesLineLength(26)
        .setAnnotationTextFont(font(Font.PLAIN, 12))
        .setAnnotationTextFontColor(SOFT)
        .setLegendPosition(LegendPosition.OutsideE)
        .setMarkerSize(8)
        .setAntiAlias(true);
    styler
        .setAxisTitleFont(font(Font.PLAIN, 13))
        .setAxisTickLabelsFont(font(Font.PLAIN, 12))
        .setAxisTickLabelsColor(SOFT)
        .setAxisTicksLineVisible(false)
        .setAxisTicksMarksVisible(false)
        .setPlotMargin(0)
        .setXAxisDecimalPattern("0.#####")
        .setYAxisDecimalPattern("0.#####")
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(new BasicStroke(1))
        .setLocale(Locale.ROOT)
        .setXAxisTitleColor(SOFT)
        .setYAxisTitleColor(SOFT);
    return chart;
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** A line without markers that the legend does not name. */
  static XYSeries line(XYChart chart, double[] x, double[] y, Color colour, BasicStroke stroke) {
    XYSeries series = chart.addSeries("line " + chart.getSeriesMap().size(), x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineStyle(stroke);
    series.setShowInLegend(false);
    return series;
  }

  /** Marked points, joined when there is a stroke; hollow ones are white inside. */
  static XYSeries points(
      XYChart chart, String label, double[] x, double[] y, Color colour, Marker marker) {
    XYSeries series = chart.addSeries("points " + chart.getSeriesMap().size(), x, y);
    series.setMarker(marker).setMarkerColor(colour).setLineColor(colour);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setLabel(label).setShowInLegend(!label.isEmpty());
    return series;
  }

  /** The area between two curves, or any polygon. */
  static void area(XYChart chart, double[] x, double[] y, Color fill) {
    XYSeries series = line(chart, x, y, new Color(0, true), THIN);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(fill);
  }

  /** A curve with its interval; where there is none, the curve alone. */
  static void curve(XYChart chart, EpochCurve curve, Color colour, BasicStroke stroke) {
    List<Estimate> estimates = curve.estimates();
    int n = estimates.size();
    double[] x = curve.epochs().stream().mapToDouble(Integer::doubleValue).toArray();
    if (n > 1 && estimates.stream().allMatch(Estimate::hasInterval)) {
      double[] around = new double[2 * n];
      double[] edge = new double[2 * n];
      for (int i = 0; i < n; i++) {
        around[i] = x[i];
        edge[i] = estimates.get(i).high();
        around[2 * n - 1 - i] = x[i];
        edge[2 * n - 1 - i] = estimates.get(i).low();
      }
      area(chart, around, edge, translucent(colour, 36));
    }
    line(chart, x, estimates.stream().mapToDouble(Estimate::mean).toArray(), colour, stroke);
  }

  static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /** A label that is not seen: the library wants all of an axis' labels to differ. */
  static String blank(long tick) {
    // Digits as ten kinds of space: equal labels would make the library search for ever, and it
    // takes
    // the longest label's height for all, so a blank must be shorter than the labels that are seen.
    StringBuilder blank = new StringBuilder();
    for (char digit : Long.toString(tick).toCharArray()) {
      blank.append(digit == '-' ? '\u200a' : (char) ('\u2000' + digit - '0'));
    }
    return blank.toString();
  }

  /** A family's or variant's line in the legend, without a point in the plot. */
  static XYSeries legendOnly(XYChart chart, String label, Color colour, Marker marker) {
    double[] nowhere = {Double.NaN};
    return points(chart, label, nowhere, nowhere, colour, marker);
  }

  /** Lowest and highest of the values that are known, with a little air; 0 to 1 without any. */
  static double[] span(double... values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (low > high) {
      return new double[] {0, 1};
    }
    double air = high > low ? 0.06 * (high - low) : Math.max(1e-6, Math.abs(high) * 0.01);
    return new double[] {low - air, high + air};
  }
}

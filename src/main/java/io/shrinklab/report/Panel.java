package io.shrinklab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.Marker;

/**
 * A chart and the names of what it draws, written beside the marks themselves.
 *
 * @param chart without names in its legend
 * @param plotWidth without the column of names, in points of the screen
 * @param height likewise
 * @param ends names of lines, written in a column to the right of the plot
 * @param points names of points, written next to them
 * @param notes words in the corners of regions
 */
record Panel(
    XYChart chart,
    int plotWidth,
    int height,
    List<Label> ends,
    List<Label> points,
    List<Note> notes) {
  /** More names than this beside the plot are a legend's. */
  static final int MOST_ENDS = 12;

  private static final int GAP = 10;
  private static final int KEY = 22;
  private static final int LINE = 15;

  /**
   * A name at a place of the chart.
   *
   * @param x on the chart's axis
   * @param y likewise; beyond the axis, the name stands at its end
   */
  record Label(String name, double x, double y, Color colour, BasicStroke stroke, Marker marker) {}

  /** Which way a note goes from its corner. */
  enum Towards {
    RIGHT_UP,
    RIGHT_DOWN,
    LEFT_UP,
    LEFT_DOWN
  }

  /** A word at a corner of a region. */
  record Note(String text, double x, double y, Towards towards) {}

  Panel {
    ends = List.copyOf(ends);
    points = List.copyOf(points);
    notes = List.copyOf(notes);
  }

  /** With the chart's own legend, if it has one. */
  static Panel of(XYChart chart) {
    return new Panel(chart, chart.getWidth(), chart.getHeight(), List.of(), List.of(), List.of());
  }

  /** The same with names of lines to the right of the plot. */
  Panel withEnds(List<Label> labels) {
    return new Panel(chart, plotWidth, height, labels, points, notes);
  }

  /** The same with names next to points. */
  Panel withPoints(List<Label> labels) {
    return new Panel(chart, plotWidth, height, ends, labels, notes);
  }

  /** The same with words in regions. */
  Panel withNotes(List<Note> words) {
    return new Panel(chart, plotWidth, height, ends, points, words);
  }

  /** The same, as wide with its names as the chart was without. */
  Panel inItsWidth() {
    return new Panel(chart, plotWidth - column(), height, ends, points, notes);
  }

  /** In points of the screen. */
  int width() {
    return plotWidth + column();
  }

  /** How much of the width belongs to the names. */
  int column() {
    return ends.isEmpty()
        ? 0
        : GAP
            + KEY
            + (int)
                Math.ceil(
                    ends.stream().mapToDouble(end -> ChartText.width(end.name())).max().orElse(0));
  }

  /** Draws into a box of that size, with the origin at its upper left corner. */
  void paint(Graphics2D graphics, int boxWidth, int boxHeight) {
    chart.paint(graphics, boxWidth - column(), boxHeight);
    graphics.setClip(null);
    double top = chart.getScreenYFromChart(chart.getStyler().getYAxisMax());
    double bottom = chart.getScreenYFromChart(chart.getStyler().getYAxisMin());
    double left = chart.getScreenXFromChart(chart.getStyler().getXAxisMin());
    double right = chart.getScreenXFromChart(chart.getStyler().getXAxisMax());
    Rectangle2D plot = new Rectangle2D.Double(left, top, right - left, bottom - top);
    graphics.setColor(ChartStyle.SOFT);
    notes.forEach(note -> note(graphics, note));
    ends(graphics, plot);
    points(graphics, plot);
  }

  private void note(Graphics2D graphics, Note note) {
    boolean right = note.towards() == Towards.RIGHT_UP || note.towards() == Towards.RIGHT_DOWN;
    boolean up = note.towards() == Towards.RIGHT_UP || note.towards() == Towards.LEFT_UP;
    ChartText.draw(
        graphics,
        note.text(),
        chart.getScreenXFromChart(note.x()) + (right ? 6 : -6 - ChartText.width(note.text())),
        chart.getScreenYFromChart(note.y()) + (up ? -8 : LINE));
  }

  private Point2D place(Label label, Rectangle2D plot) {
    double x = chart.getScreenXFromChart(label.x());
    double y = chart.getScreenYFromChart(label.y());
    return new Point2D.Double(
        Math.max(plot.getMinX(), Math.min(plot.getMaxX(), x)),
        Math.max(plot.getMinY(), Math.min(plot.getMaxY(), y)));
  }

  private void ends(Graphics2D graphics, Rectangle2D plot) {
    List<Label> sorted = new ArrayList<>(ends);
    sorted.sort((a, b) -> Double.compare(b.y(), a.y()));
    List<Point2D> places = sorted.stream().map(label -> place(label, plot)).toList();
    List<Double> heights =
        Spread.of(
            places.stream().map(Point2D::getY).toList(), LINE, plot.getMinY(), plot.getMaxY());
    double x = plot.getMaxX() + GAP;
    for (int i = 0; i < sorted.size(); i++) {
      Label label = sorted.get(i);
      double y = heights.get(i);
      Point2D from = places.get(i);
      graphics.setColor(ChartStyle.LEADER);
      graphics.setStroke(ChartStyle.HAIR);
      graphics.draw(new Line2D.Double(from.getX() + 3, from.getY(), x - 2, y));
      graphics.setColor(label.colour());
      graphics.setStroke(label.stroke());
      graphics.draw(new Line2D.Double(x, y, x + KEY - 5, y));
      label.marker().paint(graphics, x + (KEY - 5) / 2.0, y, 7);
      graphics.setColor(ChartStyle.INK);
      ChartText.draw(graphics, label.name(), x + KEY, y + ChartText.MIDDLE);
    }
  }

  private void points(Graphics2D graphics, Rectangle2D plot) {
    List<Point2D> places = points.stream().map(label -> place(label, plot)).toList();
    List<Double> widths = points.stream().map(label -> ChartText.width(label.name())).toList();
    List<Point2D> found = Spread.around(places, widths, LINE, plot);
    graphics.setStroke(ChartStyle.HAIR);
    for (int i = 0; i < places.size(); i++) {
      Point2D middle = found.get(i);
      graphics.setColor(ChartStyle.SOFT);
      graphics.draw(Spread.leader(places.get(i), middle, widths.get(i), LINE));
      graphics.setColor(ChartStyle.INK);
      ChartText.draw(
          graphics,
          points.get(i).name(),
          middle.getX() - widths.get(i) / 2,
          middle.getY() + ChartText.MIDDLE);
    }
  }
}

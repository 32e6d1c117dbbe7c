package io.shrinklab.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Places for names that would lie on top of each other. */
final class Spread {
  private static final int DIRECTIONS = 24;

  /** Half the side of the square that a marker takes. */
  private static final double MARK = 5;

  private Spread() {}

  /**
   * Heights as near to the wanted ones as a distance of {@code gap} allows, least squares, between
   * {@code top} and {@code bottom} if they fit there.
   *
   * @param wanted ascending
   */
  static List<Double> of(List<Double> wanted, double gap, double top, double bottom) {
    // Pool adjacent violators: with i * gap taken off, the heights have to ascend.
    List<double[]> blocks = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      double[] block = {wanted.get(i) - i * gap, 1};
      while (!blocks.isEmpty() && blocks.get(blocks.size() - 1)[0] > block[0]) {
        double[] before = blocks.remove(blocks.size() - 1);
        double n = before[1] + block[1];
        block = new double[] {(before[0] * before[1] + block[0] * block[1]) / n, n};
      }
      blocks.add(block);
    }
    List<Double> heights = new ArrayList<>();
    double highest = bottom - (wanted.size() - 1) * gap;
    for (double[] block : blocks) {
      for (int i = 0; i < block[1]; i++) {
        double shifted = Math.max(top, Math.min(highest, block[0]));
        heights.add(shifted + heights.size() * gap);
      }
    }
    return heights;
  }

  /**
   * Middles of names near their points: those of lonely points first, each at the nearest free
   * place that covers no point and no other name and, if there is such a place, crosses no other
   * name's leader. A name for which there is no room stands on its point.
   *
   * @param widths of the names
   * @param height of each name
   * @param box that names stay in
   */
  static List<Point2D> around(
      List<? extends Point2D> points, List<Double> widths, double height, Rectangle2D box) {
    Point2D[] middles = new Point2D[points.size()];
    List<Rectangle2D> names = new ArrayList<>();
    List<Line2D> leaders = new ArrayList<>();
    List<Rectangle2D> marks =
        points.stream().map(point -> bounds(point, 2 * MARK - 4, 2 * MARK)).toList();
    List<Integer> order =
        IntStream.range(0, points.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -loneliness(points, i)))
            .toList();
    for (int i : order) {
      Point2D point = points.get(i);
      double width = widths.get(i);
      Point2D middle =
          free(point, width, height, box, marks, names, leaders)
              .or(() -> free(point, width, height, box, marks, names, List.of()))
              .orElse(point);
      middles[i] = middle;
      names.add(bounds(middle, width, height));
      leaders.add(leader(point, middle, width, height));
    }
    return List.of(middles);
  }

  /** From a point to the nearest place on the edge of its name. */
  static Line2D leader(Point2D point, Point2D middle, double width, double height) {
    double x =
        Math.max(
            middle.getX() - width / 2 - 2, Math.min(middle.getX() + width / 2 + 2, point.getX()));
    double y =
        Math.max(
            middle.getY() - height / 2 + 2, Math.min(middle.getY() + height / 2 - 2, point.getY()));
    return new Line2D.Double(point.getX(), point.getY(), x, y);
  }

  private static double loneliness(List<? extends Point2D> points, int index) {
    return points.stream().mapToDouble(point -> point.distance(points.get(index))).sum();
  }

  private static Rectangle2D bounds(Point2D middle, double width, double height) {
    return new Rectangle2D.Double(
        middle.getX() - width / 2 - 2, middle.getY() - height / 2, width + 4, height);
  }

  private static Optional<Point2D> free(
      Point2D point,
      double width,
      double height,
      Rectangle2D box,
      List<Rectangle2D> marks,
      List<Rectangle2D> names,
      List<Line2D> leaders) {
    double far = Math.hypot(box.getWidth(), box.getHeight());
    for (double distance = 4; distance < far; distance += 6) {
      for (int step = 0; step < DIRECTIONS; step++) {
        // From the upper right on, where a name does not lie on its point's own interval.
        double angle = 2 * Math.PI * (step / (double) DIRECTIONS - 0.125);
        // The edge, not the middle, is at that distance.
        Point2D middle =
            new Point2D.Double(
                point.getX() + Math.cos(angle) * (distance + MARK + width / 2),
                point.getY() + Math.sin(angle) * (distance + MARK + height / 2));
        Rectangle2D bounds = bounds(middle, width, height);
        Line2D leader = leader(point, middle, width, height);
        if (box.contains(bounds)
            && marks.stream().noneMatch(bounds::intersects)
            && names.stream().noneMatch(bounds::intersects)
            && (leaders.isEmpty() || names.stream().noneMatch(n -> n.intersectsLine(leader)))
            && leaders.stream()
                .noneMatch(l -> l.intersectsLine(leader) || bounds.intersectsLine(l))) {
          return Optional.of(middle);
        }
      }
    }
    return Optional.empty();
  }
}

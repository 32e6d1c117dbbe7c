package io.shrinklab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A family's shape, as the page draws it: filled for the best epoch, hollow for the last one. */
final class ShapeMarker extends Marker {
  /** The box of {@link Palette.Mark#path}. */
  private static final double BOX = 10;

  private static final BasicStroke HALO = new BasicStroke(1.6f);
  private static final BasicStroke OUTLINE = new BasicStroke(1.3f);

  private final Shape shape;
  private final boolean hollow;

  private ShapeMarker(Palette.Mark mark, boolean hollow) {
    this.shape = shape(mark);
    this.hollow = hollow;
  }

  static Marker filled(Palette.Mark mark) {
    return new ShapeMarker(mark, false);
  }

  static Marker hollow(Palette.Mark mark) {
    return new ShapeMarker(mark, true);
  }

  private static Shape shape(Palette.Mark mark) {
    if (mark == Palette.Mark.CIRCLE) {
      return new Ellipse2D.Double(0, 0, BOX, BOX);
    }
    Path2D path = new Path2D.Double();
    for (String corner : mark.path().replace("Z", "").split("[ML]", -1)) {
      if (!corner.isEmpty()) {
        String[] at = corner.split(" ", -1);
        double x = Double.parseDouble(at[0]);
        double y = Double.parseDouble(at[1]);
        if (path.getCurrentPoint() == null) {
          path.moveTo(x, y);
        } else {
          path.lineTo(x, y);
        }
      }
    }
    path.closePath();
    return path;
  }

  @Override
  public void paint(Graphics2D graphics, double x, double y, int size) {
    AffineTransform place = AffineTransform.getTranslateInstance(x - size / 2.0, y - size / 2.0);
    place.scale(size / BOX, size / BOX);
    Shape placed = place.createTransformedShape(shape);
    Color colour = graphics.getColor();
    graphics.setColor(Color.WHITE);
    // A white rim keeps apart what lies on top of each other.
    graphics.setStroke(HALO);
    graphics.draw(placed);
    if (hollow) {
      graphics.fill(placed);
      graphics.setColor(colour);
      graphics.setStroke(OUTLINE);
      graphics.draw(placed);
    } else {
      graphics.setColor(colour);
      graphics.fill(placed);
    }
  }
}

package io.shrinklab.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.style.markers.Marker;

/** A ring: the last epoch, where the filled marker is the best one. */
final class HollowMarker extends Marker {
  static final Marker CIRCLE = new HollowMarker();

  private HollowMarker() {}

  @Override
  public void paint(Graphics2D graphics, double x, double y, int size) {
    Ellipse2D ring = new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size);
    Color colour = graphics.getColor();
    graphics.setColor(Color.WHITE);
    graphics.fill(ring);
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1.3f));
    graphics.draw(ring);
  }
}

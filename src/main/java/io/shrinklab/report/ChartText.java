package io.shrinklab.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;

/**
 * Text as outlines, as the chart library draws its own: vector files then need no fonts, and look
 * the same wherever they are opened.
 */
final class ChartText {
  /** From the middle of a line of small letters down to where they stand. */
  static final double MIDDLE = 4.2;

  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Neither hinted nor rounded to pixels, so widths do not depend on where is drawn. */
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private ChartText() {}

  /** The width of a label, in points. */
  static double width(String text) {
    return width(PLAIN, text);
  }

  static double width(Font font, String text) {
    return font.createGlyphVector(CONTEXT, text).getLogicalBounds().getWidth();
  }

  /** A label, its left end of the base line at that place. */
  static void draw(Graphics2D graphics, String text, double x, double y) {
    draw(graphics, PLAIN, text, x, y);
  }

  static void draw(Graphics2D graphics, Font font, String text, double x, double y) {
    GlyphVector glyphs = font.createGlyphVector(CONTEXT, text);
    graphics.fill(glyphs.getOutline((float) x, (float) y));
  }
}

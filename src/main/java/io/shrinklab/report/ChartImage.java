package io.shrinklab.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;

/**
 * One PNG: charts side by side under a common title, at twice the resolution of a screen, for
 * papers and slides.
 *
 * @param path where the file belongs
 * @param title of the whole image
 * @param note a line below the title: what is drawn, and what is left out
 * @param panels from left to right, each with its own size
 */
record ChartImage(String path, String title, String note, List<XYChart> panels) {
  /** Pixels per point. */
  static final int SCALE = 2;

  private static final int HEAD = 62;
  private static final int PANEL_HEAD = 26;
  private static final int LEFT = 16;
  private static final int PANEL_LEFT = 62;

  ChartImage {
    panels = List.copyOf(panels);
  }

  int width() {
    return panels.stream().mapToInt(XYChart::getWidth).sum();
  }

  int height() {
    return head() + panels.stream().mapToInt(XYChart::getHeight).max().orElse(0);
  }

  private int head() {
    return HEAD + (panels.size() > 1 ? PANEL_HEAD : 0);
  }

  /** The file, drawn beside what the caller goes on with. */
  ReportFile file() {
    CompletableFuture<byte[]> png = CompletableFuture.supplyAsync(this::png);
    return new ReportFile(path, out -> out.write(png.join()));
  }

  private byte[] png() {
    BufferedImage image =
        new BufferedImage(SCALE * width(), SCALE * height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      paint(graphics);
    } finally {
      graphics.dispose();
    }
    // In memory first: the library would use a temporary file, and replaces what the disk says
    // with words of its own.
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (ImageOutputStream encoded = new MemoryCacheImageOutputStream(png)) {
      if (!ImageIO.write(image, "png", encoded)) {
        throw new IllegalStateException(
            "this Java runtime has no writer of PNG images: use one with java.desktop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private void paint(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    graphics.setColor(ChartStyle.INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    graphics.drawString(title, LEFT, 28);
    graphics.setColor(ChartStyle.SOFT);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    graphics.drawString(note, LEFT, 48);
    AffineTransform origin = graphics.getTransform();
    int x = 0;
    for (XYChart panel : panels) {
      graphics.setTransform(origin);
      if (panels.size() > 1) {
        // Not by the chart library: its title's height depends on the letters, and plots would not
        // line up.
        graphics.setClip(null);
        graphics.setColor(ChartStyle.INK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(panel.getTitle(), x + PANEL_LEFT, HEAD + PANEL_HEAD - 8);
      }
      graphics.translate(x, head());
      graphics.setClip(null);
      panel.paint(graphics, panel.getWidth(), panel.getHeight());
      x += panel.getWidth();
    }
  }
}

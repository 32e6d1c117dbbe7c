package io.shrinklab.report;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
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
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Charts side by side, as three files: a PNG under a title, at twice the resolution of a screen,
 * for slides; SVG and PDF without one, as wide as a column or a page, for papers.
 *
 * @param name of the files, without the extension
 * @param title of the PNG
 * @param note a line below the title: what is drawn, and what is left out
 * @param paper how wide SVG and PDF are
 * @param panels from left to right, each with its own size
 */
record ChartImage(String name, String title, String note, Paper paper, List<Panel> panels) {
  /** Pixels per point. */
  static final int SCALE = 2;

  /** The size of letters in a paper against those on a screen: 12 points become 7.5. */
  private static final double PAPER_SCALE = 0.625;

  private static final double POINTS_PER_MM = 72 / 25.4;
  private static final double CSS_PIXELS_PER_POINT = 96 / 72.0;

  private static final int HEAD = 62;
  private static final int PANEL_HEAD = 26;
  private static final int LEFT = 16;
  private static final int PANEL_LEFT = 62;

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 17);
  private static final Font NOTE = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font PANEL_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  /** Widths that journals print. */
  enum Paper {
    COLUMN(84, 0.7),
    PAGE(174, 0.85),
    /** With a row per variant, which takes its height. */
    ROWS(174, 1);

    private final int millimetres;

    /** Of the height on a screen. */
    private final double height;

    Paper(int millimetres, double height) {
      this.millimetres = millimetres;
      this.height = height;
    }
  }

  ChartImage {
    panels = List.copyOf(panels);
  }

  /** All text is outlines, so no font is in force that a file would have to name. */
  private static final class Outlines extends VectorGraphics2D {
    @Override
    public void setFont(Font font) {}
  }

  /** Of the panels. */
  int width() {
    return panels.stream().mapToInt(Panel::width).sum();
  }

  /** Of the PNG, which holds its title and note too. */
  private int imageWidth() {
    double text = Math.max(ChartText.width(TITLE, title), ChartText.width(NOTE, note));
    return Math.max(width(), (int) Math.ceil(text) + 2 * LEFT);
  }

  int height() {
    return HEAD + panelHead() + panelHeight();
  }

  private int panelHeight() {
    return panels.stream().mapToInt(Panel::height).max().orElse(0);
  }

  private int panelHead() {
    return panels.size() > 1 ? PANEL_HEAD : 0;
  }

  /** The files, drawn beside what the caller goes on with. */
  List<ReportFile> files() {
    CompletableFuture<byte[]> png = CompletableFuture.supplyAsync(this::png);
    // One after the other: a chart knows one size at a time.
    CompletableFuture<byte[]> svg = png.thenApplyAsync(drawn -> svg());
    CompletableFuture<byte[]> pdf = svg.thenApplyAsync(drawn -> pdf());
    return List.of(file("png", png::join), file("svg", svg::join), file("pdf", pdf::join));
  }

  private ReportFile file(String extension, Supplier<byte[]> bytes) {
    return new ReportFile("charts/" + name + "." + extension, out -> out.write(bytes.get()));
  }

  private byte[] png() {
    BufferedImage image =
        new BufferedImage(SCALE * imageWidth(), SCALE * height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.scale(SCALE, SCALE);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, imageWidth(), height());
      graphics.setColor(ChartStyle.INK);
      ChartText.draw(graphics, TITLE, title, LEFT, 28);
      graphics.setColor(ChartStyle.SOFT);
      ChartText.draw(graphics, NOTE, note, LEFT, 48);
      graphics.translate(0, HEAD);
      panels(graphics, 1, 1);
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

  private byte[] svg() {
    Outlines graphics = new Outlines();
    double scale = CSS_PIXELS_PER_POINT * PAPER_SCALE;
    graphics.scale(scale, scale);
    panels(graphics, paperStretch(), paper.height);
    PageSize size = new PageSize(paperWidth() * scale, paperHeight() * scale);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Processors.get("svg").getDocument(graphics.getCommands(), size).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] pdf() {
    float width = (float) (paperWidth() * PAPER_SCALE);
    float height = (float) (paperHeight() * PAPER_SCALE);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      // In place of the time, which would make every file another one.
      document.setDocumentId(0L);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
      graphics.scale(PAPER_SCALE, PAPER_SCALE);
      panels(graphics, paperStretch(), paper.height);
      graphics.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      document.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private double paperWidth() {
    return paper.millimetres * POINTS_PER_MM / PAPER_SCALE;
  }

  private double paperHeight() {
    return panelHead() + panelHeight() * paper.height;
  }

  /** Of the plots' widths; names beside them keep their size. */
  private double paperStretch() {
    double names = panels.stream().mapToInt(Panel::column).sum();
    return (paperWidth() - names) / (width() - names);
  }

  private void panels(Graphics2D graphics, double stretch, double flatten) {
    AffineTransform origin = graphics.getTransform();
    int x = 0;
    for (Panel panel : panels) {
      int width = panel.column() + (int) ((panel.width() - panel.column()) * stretch);
      graphics.setTransform(origin);
      if (panels.size() > 1) {
        // Not by the chart library: its title's height depends on the letters, and plots would not
        // line up.
        graphics.setClip(null);
        graphics.setColor(ChartStyle.INK);
        ChartText.draw(
            graphics, PANEL_TITLE, panel.chart().getTitle(), x + PANEL_LEFT, PANEL_HEAD - 8);
      }
      graphics.translate(x, panelHead());
      graphics.setClip(null);
      panel.paint(graphics, width, (int) (panel.height() * flatten));
      x += width;
    }
  }
}

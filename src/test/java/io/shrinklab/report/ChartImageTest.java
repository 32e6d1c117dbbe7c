package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;

class ChartImageTest {
  private static final Experiment EXPERIMENT = SyntheticSweep.experiment();

  @Test
  void drawsEveryChartOfTheReport() throws IOException {
    List<RunRecord> records = SyntheticSweep.withGaps(EXPERIMENT);

    List<ReportFile> charts = charts(EXPERIMENT, records);

    assertThat(charts)
        .extracting(ReportFile::path)
        .containsExactly(
            "charts/validation-score.png",
            "charts/underfitting.png",
            "charts/score-over-epochs.png",
            "charts/loss-over-epochs.png",
            "charts/score-over-strength.png",
            "charts/paired-differences.png");
    for (ReportFile chart : charts) {
      BufferedImage image = decode(chart);
      // At least 800 points wide at two pixels per point: sharp in print and on slides.
      assertThat(image.getWidth()).as(chart.path()).isGreaterThanOrEqualTo(1600);
      assertThat(image.getHeight()).as(chart.path()).isGreaterThanOrEqualTo(800);
      assertThat(colours(image)).as("colours in " + chart.path()).hasSizeGreaterThan(40);
    }
  }

  @Test
  void drawsEveryChartAsSvgAndPdfToo() {
    List<RunRecord> records = SyntheticSweep.withGaps(EXPERIMENT);
    List<String> all =
        files(EXPERIMENT, records).stream()
            .map(ReportFile::path)
            .filter(path -> path.startsWith("charts/"))
            .toList();

    for (ReportFile chart : charts(EXPERIMENT, records)) {
      String name = chart.path().replace(".png", "");
      assertThat(all).contains(name + ".svg", name + ".pdf");
    }
  }

  /** 174 mm and 84 mm in CSS pixels of 1/96 inch, and in points of 1/72 inch. */
  @Test
  void vectorFilesAreAsWideAsAPageOrAColumnAndHoldNoTitleFontOrTime() throws Exception {
    List<RunRecord> records = SyntheticSweep.complete(EXPERIMENT);
    for (ReportFile file : files(EXPERIMENT, records)) {
      if (file.path().endsWith(".svg")) {
        Element svg = parse(bytes(file));
        assertThat(svg.getAttribute("width")).endsWith("px");
        assertThat(Double.parseDouble(svg.getAttribute("width").replace("px", "")))
            .as(file.path())
            .isCloseTo(174 / 25.4 * 96, within(0.01));
        assertThat(svg.getElementsByTagName("text").getLength()).isZero();
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(40);
        assertThat(svg.getElementsByTagName("image").getLength()).isZero();
      } else if (file.path().endsWith(".pdf")) {
        try (PDDocument pdf = Loader.loadPDF(bytes(file))) {
          assertThat(pdf.getNumberOfPages()).isOne();
          PDPage page = pdf.getPage(0);
          assertThat((double) page.getMediaBox().getWidth())
              .as(file.path())
              .isCloseTo(174 / 25.4 * 72, within(0.01));
          assertThat(page.getResources().getFontNames()).isEmpty();
          assertThat(pdf.getDocumentInformation().getCreationDate()).isNull();
          assertThat(new PDFTextStripper().getText(pdf)).isBlank();
        }
      }
    }
  }

  @Test
  void theSameRecordsGiveTheSameBytes() throws IOException {
    List<RunRecord> records = SyntheticSweep.complete(EXPERIMENT);
    List<ReportFile> first = files(EXPERIMENT, records);
    List<ReportFile> again = files(EXPERIMENT, records);
    for (int i = 0; i < first.size(); i++) {
      if (first.get(i).path().startsWith("charts/")) {
        assertThat(bytes(first.get(i))).as(first.get(i).path()).isEqualTo(bytes(again.get(i)));
      }
    }
  }

  @Test
  void drawsTheVariantsInThePagesColours() throws IOException {
    Palette palette = new Palette(EXPERIMENT);
    ReportFile chart = charts(EXPERIMENT, SyntheticSweep.complete(EXPERIMENT)).get(0);

    Set<Integer> colours = colours(decode(chart));

    // The two variants that learn next to nothing are off the scale.
    EXPERIMENT.variants().stream()
        .filter(variant -> !variant.name().matches("l(0.5|1)-weights-1e-02"))
        .forEach(
            variant ->
                assertThat(colours)
                    .as(variant.name())
                    .contains(palette.variant(variant, Palette.Theme.LIGHT).getRGB()));
  }

  @Test
  void hasOneRowMoreForOneVariantMore() throws IOException {
    Experiment all = EXPERIMENT;
    Experiment fewer =
        new Experiment(
            all.name(),
            all.description(),
            all.seeds(),
            all.baseline(),
            all.variants().subList(0, 8));

    int height = decode(charts(all, SyntheticSweep.complete(all)).get(0)).getHeight();
    int lower = decode(charts(fewer, SyntheticSweep.complete(fewer)).get(0)).getHeight();

    // Ten rows of 26 points at two pixels per point.
    assertThat(height - lower).isEqualTo(520);
  }

  @Test
  @Timeout(60)
  void drawsManyVariantsAndLambdasWithinOneDecade() throws IOException {
    List<Variant> variants = new ArrayList<>();
    variants.add(SyntheticSweep.variant("none", "{'kind': 'none'}"));
    for (int i = 1; i <= 300; i++) {
      variants.add(
          SyntheticSweep.variant(
              "l2-" + i, "{'kind': 'lp', 'p': 2, 'lambda': " + (1 + i / 100.0) * 1e-4 + "}"));
    }
    Experiment many = new Experiment("many", "", List.of(0L, 1L, 2L), "none", variants);

    List<ReportFile> charts = charts(many, SyntheticSweep.complete(many));

    for (ReportFile chart : charts) {
      assertThat(decode(chart).getHeight()).as(chart.path()).isBetween(800, 5000);
    }
  }

  @Test
  void drawsNothingWhenNothingWasTrained() {
    List<RunRecord> failed =
        EXPERIMENT
            .runs()
            .map(spec -> SyntheticSweep.record(spec, RunStatus.FAILED, "no memory left"))
            .toList();

    assertThat(charts(EXPERIMENT, failed)).isEmpty();
    assertThat(charts(EXPERIMENT, List.of())).isEmpty();
  }

  @Test
  void drawsFewSeedsWithoutIntervals() throws IOException {
    Experiment two = SyntheticSweep.experiment("two", "", 2);

    for (ReportFile chart : charts(two, SyntheticSweep.complete(two))) {
      assertThat(colours(decode(chart))).as(chart.path()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void drawsTheSamePixelsUnderACommaDecimalLocale() throws IOException {
    Locale before = Locale.getDefault();
    List<RunRecord> records = SyntheticSweep.complete(EXPERIMENT);
    byte[] expected = bytes(charts(EXPERIMENT, records).get(0));
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(bytes(charts(EXPERIMENT, records).get(0))).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Element parse(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type names an address; nothing is fetched from it.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
  }

  private static List<ReportFile> files(Experiment experiment, List<RunRecord> records) {
    return Report.files(
        experiment, records, SyntheticSweep::layers, SweepAnalysis.of(experiment, records));
  }

  private static List<ReportFile> charts(Experiment experiment, List<RunRecord> records) {
    return files(experiment, records).stream()
        .filter(file -> file.path().endsWith(".png"))
        .toList();
  }

  private static byte[] bytes(ReportFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.content().writeTo(out);
    return out.toByteArray();
  }

  private static BufferedImage decode(ReportFile file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(file)));
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}

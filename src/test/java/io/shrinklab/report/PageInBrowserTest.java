package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, opened from disk. Skipped where none is installed. */
class PageInBrowserTest {
  @TempDir static Path folder;
  private static Browser browser;
  private static Path page;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.installed();
    assumeTrue(
        program.isPresent(),
        "no Chromium or Chrome on the path or in CHROME_BIN: the page is not tested in a browser");
    Experiment experiment = SyntheticSweep.experiment();
    page = folder.resolve("report.html");
    Files.writeString(page, PageTest.page(experiment, SyntheticSweep.withGaps(experiment)));
    browser = new Browser(program.get());
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.colourScheme("light");
    browser.size(1200, 900);
    browser.open(page);
  }

  @AfterEach
  void neverComplainsNorAsksTheNetwork() {
    assertThat(browser.problems()).as("errors, warnings and refusals").isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
  }

  @Test
  void opensFromDiskAndDrawsEveryChartWithOneRequest() {
    drawAll();

    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    JsonNode blank =
        browser.evaluate(
            """
            [...document.querySelectorAll('.chart canvas')].filter((canvas) => {
              const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return !bytes.some((byte) => byte !== 0);
            }).length""");
    assertThat(blank.asInt()).as("charts with nothing drawn").isZero();
    // Overview, four over epochs, forest, three over strength, two by layer, three histograms.
    assertThat(count(".chart canvas")).isEqualTo(14);
  }

  @Test
  void sortsTheTableByAColumnAndBack() {
    assertThat(rows().subList(0, 2)).containsExactly("none", "weight-decay");

    clickHeader("Training");
    List<String> descending = rows();
    // The two strongest penalties with p of at most 1 learn least in the made-up sweep.
    assertThat(descending.subList(16, 18))
        .containsExactly("l1-weights-1e-02", "l0.5-weights-1e-02");
    assertThat(sortOf("Training")).isEqualTo("descending");

    clickHeader("Training");
    assertThat(rows().get(0)).isEqualTo("l0.5-weights-1e-02");
    assertThat(sortOf("Training")).isEqualTo("ascending");

    clickHeader("Variant");
    assertThat(sortOf("Training")).isEqualTo("none");
    assertThat(rows().subList(0, 3)).containsExactly("none", "weight-decay", "l0.5-weights-1e-05");
  }

  @Test
  void putsWhatIsNotKnownLastWhicheverWayItSorts() {
    for (int i = 0; i < 2; i++) {
      clickHeader("p, Holm");
      // The baseline is compared with nothing.
      assertThat(rows().get(17)).isEqualTo("none");
    }
  }

  @Test
  void sortsByKeyboard() {
    browser.evaluate(header("Best") + ".querySelector('button').focus()");

    browser.key("Enter", 13);

    browser.until(header("Best") + ".getAttribute('aria-sort') === 'descending'");
  }

  @Test
  void filtersByTextAndByVerdict() {
    type("filter", "l3");
    assertThat(rows())
        .containsExactly(
            "l3-weights-1e-05", "l3-weights-1e-04", "l3-weights-1e-03", "l3-weights-1e-02");
    assertThat(text("#shown")).isEqualTo("4 of 18 shown");

    type("filter", "");
    browser.evaluate("verdict.value = 'underfits'; verdict.dispatchEvent(new Event('change'))");
    assertThat(rows()).contains("l1-weights-1e-02", "l0.5-weights-1e-02").doesNotContain("none");

    type("filter", "no such variant");
    assertThat(rows()).isEmpty();
  }

  @Test
  void switchesAFamilyOffInEveryChartAndOnAgain() {
    drawAll();
    assertThat(seriesOf("score")).contains("l1-weights-1e-03");

    click("[data-family='2']");
    assertThat(text("[data-family='2']")).isEqualTo("L1 weights");
    assertThat(
            browser.evaluate("document.querySelector(\"[data-family='2']\").ariaPressed").asText())
        .isEqualTo("false");
    for (String figure : List.of("overview", "score", "trainLoss", "path")) {
      assertThat(seriesOf(figure))
          .as(figure)
          .noneMatch(name -> name.matches("(?i)l1[ -]weights.*"));
    }

    click("[data-family='2']");
    assertThat(seriesOf("score")).contains("l1-weights-1e-03");
  }

  @Test
  void drawsOnWithEveryFamilySwitchedOffAndInEveryWayToLook() {
    drawAll();
    for (boolean families : new boolean[] {true, false}) {
      if (!families) {
        browser.evaluate("document.querySelectorAll('.chip').forEach((chip) => chip.click())");
      }
      browser.evaluate(
          "document.querySelectorAll('[data-option] button').forEach((choice) => choice.click())");
    }

    // The last choice was to draw every run; only the baseline's are left.
    assertThat(seriesOf("score")).hasSize(10).contains("none, seed 0", "none, seed 9");
  }

  @Test
  void showsTheRunAndItsValuesUnderTheMouse() {
    click("[data-option='runs'] [data-value='runs']");
    hoverOver("score", "[50, 0.95]");

    browser.until("document.querySelector('[data-figure=score] .tip') !== null");
    assertThat(text("[data-figure=score] .tip"))
        .containsPattern("[a-z0-9.e-]+, seed [0-9]")
        .contains("epoch", "training accuracy", "validation accuracy", "validation loss");
  }

  @Test
  void showsAVariantUnderTheMouse() {
    hoverOver(
        "overview",
        "[shrinklab.data.variants[1].best.train.mean, shrinklab.data.variants[1].best.score.mean]");

    browser.until("document.querySelector('[data-figure=overview] .tip') !== null");
    assertThat(text("[data-figure=overview] .tip"))
        .contains("weight-decay", "underfits", "10 of 10");
  }

  @Test
  void followsTheSystemIntoTheDarkAndTheButtonOutOfIt() {
    browser.colourScheme("dark");
    browser.until("document.documentElement.dataset.theme === 'dark'");
    String dark = browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();

    click("#theme");

    assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
        .isEqualTo("light");
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isNotEqualTo(dark);
  }

  @Test
  void stepsThroughTheEpochsOfTheHistograms() {
    drawAll();
    assertThat(text("#epoch-shown")).isEqualTo("epoch 60 of 60");
    String before = histogram();

    browser.evaluate("epoch.value = 0; epoch.dispatchEvent(new Event('input'))");
    assertThat(text("#epoch-shown")).isEqualTo("epoch 1 of 60");
    assertThat(histogram()).isNotEqualTo(before);

    click("#epoch-on");
    assertThat(text("#epoch-shown")).doesNotStartWith("epoch 1 of");
  }

  @Test
  void copiesTheExactCommandOfARun() {
    browser.evaluate(
        "[...document.querySelectorAll('#runs summary')].find((s) => s.textContent.startsWith('l2-weights-1e-05')).click()");
    browser.until("document.querySelectorAll('#runs .copy').length === 10");

    browser.evaluate("document.querySelectorAll('#runs .copy')[3].click()");

    browser.until("said.textContent !== ''");
    assertThat(text("#said"))
        .isEqualTo(
            "Copied: mvn -q compile exec:java"
                + " -Dexec.args=\"rerun lp-ablation l2-weights-1e-05 --seed 3\"");
  }

  @Test
  void givesEveryChartANameAndItsDataAsATable() {
    drawAll();
    assertThat(count(".chart[role=img][aria-label]")).isEqualTo(count(".chart"));

    browser.evaluate(
        "document.querySelectorAll('figure details').forEach((d) => { d.open = true; })");

    browser.until(
        "[...document.querySelectorAll('figure details')].every((d) => d.querySelectorAll('tbody tr').length > 2)");
    assertThat(text("[data-figure=forest] tbody tr")).startsWith("weight-decay");
  }

  @Test
  void fitsAPhone() {
    browser.size(390, 800);
    browser.open(page);
    drawAll(390);

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
  }

  @Test
  void printsAllChartsAndComesBack() {
    assertThat(browser.pdf()).startsWith('%', 'P', 'D', 'F');
    assertThat(count(".chart canvas")).isEqualTo(14);
  }

  @Test
  void showsHostileNamesAndRunsNothingOfThem() throws IOException {
    Experiment hostile = PageTest.hostile();
    Path file = folder.resolve("hostile.html");
    Files.writeString(file, PageTest.page(hostile, PageTest.hostileRecords(hostile)));
    browser.open(file);
    drawAll();
    browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    hoverOver(
        "overview",
        "[shrinklab.data.variants[2].best.train.mean, shrinklab.data.variants[2].best.score.mean]");
    browser.until("document.querySelector('[data-figure=overview] .tip') !== null");

    assertThat(browser.evaluate("typeof window.hostile").asText()).isEqualTo("undefined");
    assertThat(count("img, [onload], [onerror], [onmouseover]")).isZero();
    assertThat(text("h1")).isEqualTo(PageTest.HOSTILE.get(0));
    assertThat(rows()).contains(PageTest.HOSTILE.get(1), PageTest.HOSTILE.get(2));
    assertThat(text("#runs tbody")).doesNotContain("mvn ");
  }

  /** Makes the window as tall as the page, so that all charts come near the screen. */
  private static void drawAll() {
    drawAll(1200);
  }

  private static void drawAll(int width) {
    browser.size(width, browser.evaluate("document.documentElement.scrollHeight").asInt() + 400);
    browser.until("[...document.querySelectorAll('.chart')].every((c) => c.dataset.drawn)");
  }

  private static void hoverOver(String figure, String point) {
    String chart = "document.querySelector('[data-figure=" + figure + "] .chart')";
    browser.evaluate(
        "document.documentElement.style.scrollBehavior = 'auto'; "
            + chart
            + ".scrollIntoView({block: 'center'})");
    browser.until(chart + ".dataset.drawn");
    JsonNode at =
        browser.evaluate(
            """
            new Promise((done) => requestAnimationFrame(() => {
              const chart = shrinklab.charts.find((c) => c.figure.dataset.figure === '%s').instance;
              const [x, y] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, %s);
              const box = chart.getDom().getBoundingClientRect();
              done([box.left + x, box.top + y]);
            }))"""
                .formatted(figure, point));
    browser.hover(at.get(0).asDouble(), at.get(1).asDouble());
  }

  private static List<String> seriesOf(String figure) {
    return list(
        browser.evaluate(
            "shrinklab.charts.find((c) => c.figure.dataset.figure === '"
                + figure
                + "').instance.getOption().series.map((s) => s.name ?? '')"));
  }

  private static String histogram() {
    return browser
        .evaluate(
            "JSON.stringify(shrinklab.charts.find((c) => c.figure.dataset.figure === 'histogram-0').instance.getOption().series[0].data)")
        .asText();
  }

  /** Names in the rows that are shown. */
  private static List<String> rows() {
    return list(
        browser.evaluate(
            "[...document.querySelectorAll('#variants tbody tr')].filter((r) => !r.hidden).map((r) => r.cells[0].textContent.trim())"));
  }

  private static List<String> list(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String header(String label) {
    return "[...document.querySelectorAll('#variants th[aria-sort]')].find((h) => h.textContent.startsWith('"
        + label
        + "'))";
  }

  private static void clickHeader(String label) {
    browser.evaluate(header(label) + ".querySelector('button').click()");
  }

  private static String sortOf(String label) {
    return browser.evaluate(header(label) + ".getAttribute('aria-sort')").asText();
  }

  private static void click(String selector) {
    browser.evaluate("document.querySelector(\"" + selector + "\").click()");
  }

  private static void type(String id, String text) {
    browser.evaluate(
        "%s.value = '%s'; %s.dispatchEvent(new Event('input'))".formatted(id, text, id));
  }

  private static String text(String selector) {
    return browser.evaluate("document.querySelector(\"" + selector + "\").textContent").asText();
  }

  private static int count(String selector) {
    return browser.evaluate("document.querySelectorAll('" + selector + "').length").asInt();
  }
}

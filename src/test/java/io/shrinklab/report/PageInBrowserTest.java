package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.spec.Experiment;
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
      clickHeader("p");
      // The baseline is compared with nothing.
      assertThat(rows().get(17)).isEqualTo("none");
    }
  }

  @Test
  void sortsByKeyboard() {
    browser.evaluate(header("Epoch") + ".querySelector('button').focus()");

    browser.key("Enter", 13);

    browser.until(header("Epoch") + ".getAttribute('aria-sort') === 'descending'");
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
    assertThat(seriesOf("validationScore")).contains("l1-weights-1e-03");

    click("[data-family='2']");
    assertThat(text("[data-family='2']")).isEqualTo("L1 weights");
    assertThat(
            browser.evaluate("document.querySelector(\"[data-family='2']\").ariaPressed").asText())
        .isEqualTo("false");
    for (String figure : List.of("overview", "validationScore", "trainLoss", "path")) {
      assertThat(seriesOf(figure))
          .as(figure)
          .noneMatch(name -> name.matches("(?i)l1[ -]weights.*"));
    }

    click("[data-family='2']");
    assertThat(seriesOf("validationScore")).contains("l1-weights-1e-03");
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
    assertThat(seriesOf("validationScore")).hasSize(10).contains("none, seed 0", "none, seed 9");
  }

  @Test
  void showsTheRunAndItsValuesUnderTheMouse() {
    click("[data-option='runs'] [data-value='runs']");
    hoverOver("validationScore", "[50, 0.95]");

    browser.until("document.querySelector('[data-figure=validationScore] .tip') !== null");
    assertThat(text("[data-figure=validationScore] .tip"))
        .containsPattern("[a-z0-9.e-]+, seed [0-9]")
        .contains("epoch", "training accuracy", "validation accuracy", "validation loss");
  }

  @Test
  void showsAVariantUnderTheMouse() {
    hoverOver(
        "overview",
        "[shrinklab.data.variants[1].best.trainDifference.mean, shrinklab.data.variants[1].best.difference.mean]");

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
  void fitsAPhoneWithLongNamesToo() throws IOException {
    Experiment hostile = PageTest.hostile();
    Path file = folder.resolve("long.html");
    Files.writeString(file, PageTest.page(hostile, PageTest.hostileRecords(hostile)));
    browser.size(390, 800);
    browser.open(file);

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    assertThat(
            browser
                .evaluate(
                    "Math.max(...[...document.querySelectorAll('select, input, h1, .controls button')].map((e) => e.getBoundingClientRect().right))")
                .asDouble())
        .isLessThanOrEqualTo(390);
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
    browser.colourScheme("dark");
    // The page hears of it with the next frame: printing before that would rightly come back light.
    browser.until("document.documentElement.dataset.theme === 'dark'");
    browser.evaluate(
        """
        addEventListener('beforeprint', () => {
          window.printed = [...document.querySelectorAll('.chart canvas')].length
            + ' ' + document.documentElement.dataset.theme;
        })""");

    assertThat(browser.pdf()).startsWith('%', 'P', 'D', 'F');

    assertThat(browser.evaluate("window.printed").asText()).isEqualTo("14 light");
    browser.until("document.documentElement.dataset.theme === 'dark'");
    // The charts of the first screen again, in the window's width.
    assertThat(browser.evaluate("document.querySelector('.chart').style.width").asText()).isEmpty();
    assertThat(count("[data-figure=overview] canvas")).isEqualTo(1);
  }

  @Test
  void cutsNothingOffOnPaper() {
    // A4 at 96 pixels per inch with margins of 10 mm; Letter is wider.
    browser.size(718, 1000);
    browser.paper();

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(718);
    assertThat(browser.evaluate("variants.getBoundingClientRect().right").asDouble())
        .isLessThanOrEqualTo(718);
    assertThat(browser.evaluate("getComputedStyle(method.parentElement).display").asText())
        .as("the rule of the verdicts")
        .isNotEqualTo("none");
  }

  @Test
  void showsTheReasonOfEveryVerdictOnRequest() {
    assertThat(count("#variants details[open]")).isZero();

    click("#reasons");

    assertThat(
            list(
                browser.evaluate(
                    "[...variants.tBodies[0].rows[17].querySelectorAll('details[open] p')].map((p) => p.textContent)")))
        .hasSize(3)
        .satisfies(
            reasons -> {
              assertThat(reasons.get(0)).startsWith("Validation score difference ");
              assertThat(reasons.get(1)).startsWith("Validation score difference ");
              assertThat(reasons.get(2)).startsWith("At the last epoch the training score is ");
            });
    click("#reasons");
    assertThat(count("#variants details[open]")).isZero();
  }

  @Test
  void showsOneSettingAtATime() throws IOException {
    Path file = folder.resolve("settings.html");
    Experiment experiment = SyntheticSweep.settings();
    Files.writeString(file, PageTest.page(experiment, SyntheticSweep.complete(experiment)));
    browser.open(file);
    drawAll();

    assertThat(list(browser.evaluate("[...setting.options].map((o) => o.value)")))
        .containsExactly("train-100", "train-300");
    assertThat(rows()).containsExactly("none-train-100", "weak-train-100", "strong-train-100");
    assertThat(seriesOf("validationScore"))
        .contains("none-train-100")
        .doesNotContain("none-train-300");

    browser.evaluate("setting.value = 'train-300'; setting.dispatchEvent(new Event('change'))");

    assertThat(rows()).containsExactly("none-train-300", "weak-train-300", "strong-train-300");
    for (String figure : List.of("overview", "validationScore", "validationLoss")) {
      assertThat(seriesOf(figure))
          .as(figure)
          .contains("none-train-300")
          .noneMatch(name -> name.contains("train-100"));
    }
    // The baseline is in no paired difference; the two others are, at both epochs.
    assertThat(
            list(
                browser.evaluate(
                    "shrinklab.charts.find((c) => c.figure.dataset.figure === 'forest').table().rows.map((r) => r[0])")))
        .containsExactly("weak-train-300", "strong-train-300");
  }

  @Test
  void drawsNoPenaltyAtTheOriginWhateverTheBaselineIs() throws IOException {
    Path file = folder.resolve("baseline.html");
    Experiment experiment = SyntheticSweep.experiment().withBaseline("weight-decay");
    Files.writeString(file, PageTest.page(experiment, SyntheticSweep.complete(experiment)));
    browser.open(file);
    drawAll();

    String series =
        "shrinklab.charts.find((c) => c.figure.dataset.figure === 'path').instance.getOption().series";
    assertThat(
            list(
                browser.evaluate(
                    series
                        + ".filter((s) => s.type === 'scatter' && s.data.length).map((s) => s.data[0].v.name)")))
        .containsExactly("none");
    assertThat(
            list(
                browser.evaluate(
                    series
                        + ".filter((s) => s.markLine).map((s) => shrinklab.data.variants.find((v) => v.best.validationScore.mean === s.markLine.data[0].yAxis).name)")))
        .containsExactly("weight-decay");
    assertThat(browser.evaluate("document.querySelector('.facts').textContent").asText())
        .contains("compared with weight-decay");
  }

  @Test
  void leadsTheTabKeyThroughEverythingThatActsAndShowsWhereItIs() {
    // Smooth scrolling would still be under way.
    browser.evaluate("document.documentElement.style.scrollBehavior = 'auto'");
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      browser.key("Tab", 9);
      JsonNode at =
          browser.evaluate(
              """
              (() => {
                const e = document.activeElement;
                const style = getComputedStyle(e);
                const name = e.getAttribute('aria-label') || e.labels?.[0]?.textContent
                  || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent || e.textContent;
                return [e.tagName, (name ?? '').trim(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, e.id];
              })()""");
      if (at.get(0).asText().equals("BODY")) {
        break;
      }
      String element = at.get(0).asText() + " " + at.get(1).asText();
      assertThat(at.get(1).asText()).as("the name of " + at).isNotEmpty();
      assertThat(at.get(2).asBoolean()).as("a visible focus on " + element).isTrue();
      // Charts that are drawn meanwhile move what is below them, and the browser scrolls after.
      browser.until(
          """
          (() => {
            const box = document.activeElement.getBoundingClientRect();
            return box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
          })()""");
      seen.add(element);
    }

    assertThat(seen)
        .containsSubsequence(
            "BUTTON Dark theme",
            "BUTTON Near the baseline",
            "INPUT Filter",
            "BUTTON Show the reasons",
            "DIV Variants",
            "BUTTON Variant",
            "BUTTON Verdict, best epoch",
            "BUTTON Verdict, last epoch",
            "SUMMARY baseline",
            "SUMMARY How the verdicts are made",
            "BUTTON L1 weights",
            "BUTTON Every run",
            "BUTTON Later epoch",
            "SUMMARY none \u00b7 10 of 10");
  }

  @Test
  void opensAReasonByKeyboard() {
    browser.evaluate("document.querySelector('#variants tbody summary').focus()");

    browser.key("Enter", 13);

    browser.until("document.querySelector('#variants tbody details').open");
  }

  @Test
  void givesEveryTextEnoughContrastInBothThemes() {
    click("#reasons");
    browser.evaluate(
        "document.querySelectorAll('details:not(.why)').forEach((d) => { d.open = true; })");
    click("[data-family='1']");
    for (String theme : List.of("light", "dark")) {
      browser.colourScheme(theme);
      browser.until("document.documentElement.dataset.theme === '" + theme + "'");
      // WCAG 2.2, 1.4.3: 4.5 to 1 for text, by relative luminance, over what is painted below it.
      JsonNode faint =
          browser.evaluate(
              """
              (() => {
                const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
                const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
                const channel = (x) => x / 255 <= 0.04045 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4;
                const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
                const background = (e) => e ? over(parse(getComputedStyle(e).backgroundColor), background(e.parentElement)) : [255, 255, 255, 1];
                const opacity = (e) => e ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1;
                const faint = new Set();
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                  const e = texts.currentNode.parentElement;
                  if (!texts.currentNode.textContent.trim() || !e.getClientRects().length || e.closest('script, style, noscript, option')) continue;
                  const below = background(e), ink = parse(getComputedStyle(e).color);
                  ink[3] *= opacity(e);
                  const [a, b] = [light(over(ink, below)), light(below)];
                  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  if (ratio < 4.5) faint.add(e.tagName + '.' + e.className + ' "' + texts.currentNode.textContent.trim().slice(0, 30) + '" ' + ratio.toFixed(2));
                }
                return [...faint];
              })()""");
      assertThat(list(faint)).as(theme).isEmpty();
    }
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
        "[shrinklab.data.variants[2].best.trainDifference.mean, shrinklab.data.variants[2].best.difference.mean]");
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
    browser.until(
        "[...document.querySelectorAll('.chart')].every((c) => c.dataset.drawn || !c.offsetParent)");
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

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
    // Overview, four over epochs, three over strength, sparsity, two by layer, three histograms.
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
      clickHeader("Difference");
      // The baseline is compared with nothing.
      assertThat(rows().get(17)).isEqualTo("none");
    }
  }

  @Test
  void sortsByKeyboard() {
    browser.evaluate(header("Test") + ".querySelector('button').focus()");

    browser.key("Enter", 13);

    browser.until(header("Test") + ".getAttribute('aria-sort') === 'descending'");
  }

  @Test
  void filtersTableAndChartsByTextAndByVerdict() {
    draw("overview");
    type("filter", "l3");
    assertThat(rows())
        .containsExactly(
            "l3-weights-1e-05", "l3-weights-1e-04", "l3-weights-1e-03", "l3-weights-1e-02");
    assertThat(text("#shown")).isEqualTo("4 of 18 shown");
    // The charts show the same, beside the baseline.
    assertThat(seriesOf("overview"))
        .filteredOn(name -> !name.isEmpty())
        .containsExactlyInAnyOrder(
            "none", "l3-weights-1e-05", "l3-weights-1e-04", "l3-weights-1e-03", "l3-weights-1e-02");

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
  void tellsTheValuesUnderTheMouseAfterEveryKindOfRedraw() {
    draw("trainLoss");
    List<String> redraws =
        List.of(
            "document.querySelector(\"[data-option='runs'] [data-value='runs']\").click()",
            "document.querySelector(\"[data-option='runs'] [data-value='mean']\").click()",
            "document.querySelector(\"[data-option='lines'] [data-value='all']\").click()",
            "document.querySelector(\"[data-option='scale'] [data-value='full']\").click()",
            "document.querySelector(\"[data-option='moment'] [data-value='last']\").click()",
            "document.querySelector(\"[data-family='2']\").click()",
            "document.getElementById('theme').click()",
            "baseline.value = 'weight-decay'; baseline.dispatchEvent(new Event('change'))",
            "document.querySelectorAll('.pick')[4].click()",
            "filter.value = 'l'; filter.dispatchEvent(new Event('input'))",
            "window.dispatchEvent(new Event('resize'))");
    String shown =
        "[...document.querySelectorAll('[data-figure=trainLoss] .tip')].some((t) => t.getClientRects().length > 0)";
    for (String redraw : redraws) {
      browser.hover(1, 1);
      browser.until("!" + shown);
      browser.evaluate(redraw);
      hoverOver("trainLoss", "[30, 0.3]");
      browser.until("/* after " + redraw.replace("*/", "") + " */ " + shown);
      assertThat(text("[data-figure=trainLoss] .tip")).as(redraw).containsPattern("epoch ?\\d+");
    }
  }

  @Test
  void showsAVariantUnderTheMouseAndMarksItsRow() {
    hoverOver(
        "overview",
        "(({best}) => [best.trainDifference.mean, best.difference.mean])(shrinklab.data.against[0].variants[1])");

    browser.until("document.querySelector('[data-figure=overview] .tip') !== null");
    assertThat(text("[data-figure=overview] .tip"))
        .contains("weight-decay", "underfits", "10 of 10");
    assertThat(text("#variants tr.lit .name")).isEqualTo("weight-decay");
  }

  @Test
  void keepsTheViewInTheAddressAndOpensItAgain() {
    click("[data-option='moment'] [data-value='last']");
    click("[data-family='3']");
    clickHeader("Test");
    browser.evaluate("document.querySelectorAll('.pick')[3].click()");
    browser.evaluate(
        "baseline.value = 'weight-decay'; baseline.dispatchEvent(new Event('change'))");
    click("#theme");
    List<String> rows = rows();
    String address = browser.evaluate("location.href").asText();
    assertThat(address)
        .contains("moment=last", "hide=L2+weights", "baseline=weight-decay", "theme=dark");

    browser.open(page);
    assertThat(rows()).isNotEqualTo(rows);
    browser.evaluate("location.hash = '" + address.substring(address.indexOf('#')) + "'");

    browser.until("shrinklab.state.moment === 'last'");
    assertThat(rows()).isEqualTo(rows);
    assertThat(text("#variants tr.selected .name"))
        .isEqualTo(
            browser
                .evaluate("shrinklab.data.variants[[...shrinklab.state.selected][0]].name")
                .asText());
    assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
        .isEqualTo("dark");
    assertThat(text("#compared-with")).isEqualTo("weight-decay");
  }

  @Test
  void opensAnAddressThatAsksForWhatThereIsNot() {
    browser.evaluate(
        "location.hash = '#moment=never&baseline=nobody&hide=X&select=Y&sort=Z&setting=none&scale=%FF'");

    browser.until("shrinklab.state.selected.size === 0 && shrinklab.state.moment === 'best'");
    assertThat(rows()).hasSize(18);
  }

  @Test
  void holdsTwoVariantsSideBySide() {
    assertThat(browser.evaluate("pair.hidden").asBoolean()).isTrue();
    browser.evaluate(
        "shrinklab.data.variants.filter((v) => ['l2-weights-1e-05', 'l2-weights-1e-04'].includes(v.name)).forEach((v) => shrinklab.select(v.index))");

    assertThat(text("#h-pair")).isEqualTo("l2-weights-1e-04 against l2-weights-1e-05");
    assertThat(text("#pair-settings tbody")).isEqualTo("penalty.lambda1e-051e-04");
    drawAll();
    assertThat(seriesOf("trainLoss"))
        .filteredOn(name -> !name.isEmpty())
        .containsExactlyInAnyOrder("none", "l2-weights-1e-05", "l2-weights-1e-04");
    assertThat(
            browser
                .evaluate(
                    "shrinklab.charts.find((c) => c.figure.dataset.figure === 'pairs').table().rows.length")
                .asInt())
        .isEqualTo(10);
    click("#clear");
    assertThat(browser.evaluate("pair.hidden").asBoolean()).isTrue();
  }

  @Test
  void comparesWithAnotherBaseline() {
    browser.evaluate(
        "baseline.value = 'weight-decay'; baseline.dispatchEvent(new Event('change'))");

    assertThat(text("#variants tr[data-v='1'] .verdict")).isEqualTo("baseline");
    assertThat(text("#variants tr[data-v='0'] td.difference")).startsWith("+");
    assertThat(text("#legend"))
        .contains("Differences to weight-decay", "The answer above is about none");
  }

  @Test
  void savesAChartAsVectorAndAsTable() {
    draw("path");
    browser.evaluate(
        """
        window.saved = [];
        HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
        document.querySelector('[data-figure=path] details').open = true""");
    browser.until("document.querySelectorAll('[data-figure=path] .downloads button').length === 3");
    browser.evaluate(
        "document.querySelectorAll('[data-figure=path] .downloads button').forEach((b) => b.click())");

    assertThat(list(browser.evaluate("saved")))
        .containsExactly("lp-ablation-path.svg", "lp-ablation-path.png", "lp-ablation-path.csv");
  }

  @Test
  void beginsWithTheAnswerAndTheTable() {
    for (int width : new int[] {1280, 1920}) {
      browser.size(width, 900);
      browser.open(page);
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(width);
      assertThat(
              browser
                  .evaluate("variants.tBodies[0].rows[0].getBoundingClientRect().bottom")
                  .asDouble())
          .as("the first row's end at " + width)
          .isLessThan(800);
      assertThat(
              browser
                  .evaluate(
                      "Math.max(...[...variants.tBodies[0].querySelectorAll('td')].map((c) => c.getBoundingClientRect().right))")
                  .asDouble())
          .isLessThanOrEqualTo(width);
    }
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
    draw("histogram-0");
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
    openDetails("l2-weights-1e-05");
    assertThat(count("tr.more .inner tbody tr")).isEqualTo(10);
    browser.evaluate(
        "(() => { const s = document.querySelector('.rerun select'); s.value = '3'; s.dispatchEvent(new Event('change')); })()");

    click(".rerun .copy");

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
        "[...document.querySelectorAll('figure details')].filter((d) => d.offsetParent).every((d) => d.querySelectorAll('tbody tr').length > 2)");
    assertThat(text("[data-figure=overview] tbody tr")).startsWith("none");
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
    browser.evaluate("document.querySelector('[data-figure=overview]').scrollIntoView()");
    browser.until("document.querySelector('[data-figure=overview] .chart').dataset.drawn");
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
    assertThat(
            browser
                .evaluate("document.querySelector('[data-figure=overview] .chart').style.width")
                .asText())
        .isEmpty();
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
  void showsTheReasonsOfAVariantOnRequest() {
    assertThat(count("tr.more")).isZero();
    String name =
        browser.evaluate("document.querySelectorAll('#variants .name')[17].textContent").asText();

    openDetails(name);

    assertThat(
            list(
                browser.evaluate(
                    "[...document.querySelectorAll('tr.more p')].map((p) => p.textContent)")))
        .hasSize(3)
        .satisfies(
            reasons -> {
              assertThat(reasons.get(0))
                  .startsWith("Best epoch: ")
                  .contains("Validation score difference ");
              assertThat(reasons.get(1))
                  .startsWith("Last epoch: ")
                  .contains("Validation score difference ");
              assertThat(reasons.get(2))
                  .startsWith("Overfits. At the last epoch the training score is ");
            });
    openDetails(name);
    assertThat(count("tr.more")).isZero();
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
  }

  private static void openRates(int width) throws IOException {
    Path file = folder.resolve("rates.html");
    if (!Files.exists(file)) {
      Experiment rates = SyntheticSweep.rates();
      Files.writeString(file, PageTest.page(rates, SyntheticSweep.complete(rates)));
    }
    browser.size(width, 900);
    browser.open(file);
    browser.evaluate(
        "document.documentElement.style.scrollBehavior = 'auto';"
            + " document.querySelector('[data-figure=parallel]').scrollIntoView()");
    for (String figure : List.of("parallel", "effects")) {
      browser.until("document.querySelector('[data-figure=" + figure + "] .chart').dataset.drawn");
    }
  }

  /** On a variant's line near the score's axis, in pixels of the window. */
  private static JsonNode lineOf(String variant) {
    return browser.evaluate(
        """
        new Promise((done) => requestAnimationFrame(() => {
          const chart = shrinklab.charts.find((c) => c.figure.dataset.figure === 'parallel').instance;
          chart.getDom().scrollIntoView({ block: 'center' });
          const lines = chart.getModel().getSeriesByIndex(0).getData();
          const [from, to] = lines.getItemGraphicEl(lines.indexOfName('%s')).shape.points.slice(-2);
          const box = chart.getDom().getBoundingClientRect();
          done([0, 1].map((i) => [box.left, box.top][i] + 0.94 * to[i] + 0.06 * from[i]));
        }))"""
            .formatted(variant));
  }

  @Test
  void drawsEveryVariantOverItsSettingsAndWhatEachSettingDoes() throws IOException {
    openRates(1280);

    String lines =
        "shrinklab.charts.find((c) => c.figure.dataset.figure === 'parallel').instance.getOption().series[0].data";
    assertThat(browser.evaluate(lines + ".length").asInt()).as("of all settings").isEqualTo(18);
    assertThat(
            list(
                browser.evaluate(
                    lines + ".find((l) => l.name === 'none-rate-1e-4-size-16').value.slice(0, 3)")))
        .containsExactly("1e-04", "16", "none");
    // A panel per setting; every value has its point and its interval.
    assertThat(
            list(
                browser.evaluate(
                    "shrinklab.charts.find((c) => c.figure.dataset.figure === 'effects').instance.getOption().series.map((s) => s.type + s.data.length)")))
        .containsExactlyInAnyOrder("custom3", "line3", "custom2", "line2", "custom3", "line3");
    browser.evaluate(
        "document.querySelectorAll('#settings details').forEach((d) => { d.open = true; })");
    browser.until("document.querySelectorAll('#settings tbody tr').length === 18 + 3 + 2 + 3");
    assertThat(text("[data-figure=effects] tbody tr")).startsWith("penalty.lambda");

    type("filter", "none");
    assertThat(browser.evaluate(lines + ".length").asInt()).isEqualTo(6);
  }

  @Test
  void theLineUnderTheMouseIsMarkedEverywhereAndAClickSelectsItWithItsSetting() throws IOException {
    openRates(1280);
    assertThat(browser.evaluate("setting.value").asText()).isEqualTo("rate-1e-4-size-16");

    assertThat(text("[data-figure=parallel] .said"))
        .startsWith("Below this scale, and drawn at its end: ")
        .contains("l2-0.1-rate-1e-4-size-64 (0.");
    click("[data-option='range'] [data-value='all']");
    assertThat(text("[data-figure=parallel] .said")).isEmpty();
    JsonNode at = lineOf("l2-0.1-rate-1e-4-size-16");
    browser.hover(at.get(0).asDouble(), at.get(1).asDouble());
    browser.until("document.querySelector('[data-figure=parallel] .tip') !== null");
    assertThat(text("[data-figure=parallel] .tip"))
        .contains("l2-0.1-rate-1e-4-size-16", "optimizer.learningRate1e-04", "penalty.lambda0.1");
    assertThat(text("#variants tr.lit .name")).isEqualTo("l2-0.1-rate-1e-4-size-16");

    JsonNode other = lineOf("l2-0.1-rate-1e-4-size-64");
    double x = other.get(0).asDouble();
    double y = other.get(1).asDouble();
    browser.drag(x, y, x, y);
    browser.until("shrinklab.state.selected.size === 1");
    assertThat(browser.evaluate("setting.value").asText()).isEqualTo("rate-1e-4-size-64");
    assertThat(text("#variants tr.selected .name")).isEqualTo("l2-0.1-rate-1e-4-size-64");
  }

  /** The row under the mouse lights its line up, though the chart is no chart of series. */
  @Test
  void theRowUnderTheMouseMarksItsLine() throws IOException {
    openRates(1280);

    browser.evaluate(
        "document.querySelector(\"tr[data-v='2']\").dispatchEvent(new Event('mouseenter'))");

    browser.until(
        """
        (() => {
          const lines = shrinklab.charts.find((c) => c.figure.dataset.figure === 'parallel').instance.getModel().getSeriesByIndex(0).getData();
          return lines.getItemGraphicEl(lines.indexOfName(shrinklab.data.variants[2].name)).currentStates.includes('emphasis');
        })()""");
  }

  @Test
  void whatIsDraggedOverOnAnAxisIsSelected() throws IOException {
    openRates(1280);
    JsonNode axis =
        browser.evaluate(
            """
            new Promise((done) => requestAnimationFrame(() => {
              const chart = shrinklab.charts.find((c) => c.figure.dataset.figure === 'parallel').instance;
              chart.getDom().scrollIntoView({ block: 'center' });
              const lines = chart.getModel().getSeriesByIndex(0).getData();
              const slow = lines.getItemGraphicEl(lines.indexOfName('none-rate-1e-4-size-16')).shape.points[0];
              const box = chart.getDom().getBoundingClientRect();
              done([box.left + slow[0], box.top + slow[1]]);
            }))""");
    double x = axis.get(0).asDouble();
    double y = axis.get(1).asDouble();

    browser.drag(x, y + 25, x, y - 25);

    browser.until("shrinklab.state.selected.size > 0");
    assertThat(
            list(
                browser.evaluate(
                    "[...shrinklab.state.selected].map((i) => shrinklab.data.variants[i].settings['optimizer.learningRate'])")))
        .hasSize(6)
        .containsOnly("1e-04");
  }

  @Test
  void theSettingsAreDrawnInBothThemesAndOnAPhone() throws IOException {
    openRates(390);
    String option =
        "shrinklab.charts.find((c) => c.figure.dataset.figure === '%s').instance.getOption()";
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(390);
    assertThat(browser.evaluate(option.formatted("parallel") + ".parallel[0].layout").asText())
        .isEqualTo("vertical");
    String ink = option.formatted("parallel") + ".parallelAxis[0].axisLabel.color";
    String light = browser.evaluate(ink).asText();
    String range = option.formatted("effects") + ".yAxis.map((y) => y.max)";
    assertThat(list(browser.evaluate(range)))
        .hasSize(3)
        .containsOnly(list(browser.evaluate(range)).get(0));

    browser.colourScheme("dark");
    browser.until("document.documentElement.dataset.theme === 'dark'");
    assertThat(browser.evaluate(ink).asText()).isNotEqualTo(light);

    click("[data-option='effects'] [data-value='own']");
    assertThat(list(browser.evaluate(range))).doesNotHaveDuplicates();
  }

  @Test
  void drawsNoPenaltyAtTheOriginWhateverTheBaselineIs() throws IOException {
    Path file = folder.resolve("baseline.html");
    Experiment experiment = SyntheticSweep.experiment().withBaseline("weight-decay");
    Files.writeString(file, PageTest.page(experiment, SyntheticSweep.complete(experiment)));
    browser.open(file);
    draw("path");

    String series =
        "shrinklab.charts.find((c) => c.figure.dataset.figure === 'path').instance.getOption().series";
    assertThat(
            list(
                browser.evaluate(
                    series
                        + ".filter((s) => s.type === 'scatter' && s.data[0]?.v).map((s) => s.data[0].v.name)")))
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
                const name = e.getAttribute('aria-label') || e.labels?.[0]?.firstChild.textContent
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
            "A Skip to the table of variants",
            "A Strength",
            "BUTTON Dark theme",
            "BUTTON Last epoch",
            "SELECT Compare with",
            "INPUT Filter",
            "BUTTON L1 weights",
            "BUTTON Variant",
            "BUTTON Verdict",
            "INPUT Select none",
            "BUTTON none",
            "BUTTON Near the baseline",
            "BUTTON Every run",
            "BUTTON Later epoch",
            "SUMMARY How the verdicts are made");
    // Skip link, contents, theme and the bar come before the rows.
    assertThat(seen.indexOf("BUTTON L1 weights")).isLessThan(25);
  }

  @Test
  void opensTheDetailsByKeyboard() {
    browser.evaluate("document.querySelectorAll('#variants .name')[1].focus()");

    browser.key("Enter", 13);

    browser.until("document.querySelector('tr.more') !== null");
    assertThat(
            browser
                .evaluate("document.querySelectorAll('#variants .name')[1].ariaExpanded")
                .asText())
        .isEqualTo("true");
  }

  @Test
  void givesEveryTextEnoughContrastInBothThemes() {
    openDetails("l2-weights-1e-05");
    browser.evaluate("document.querySelectorAll('.pick')[2].click()");
    browser.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
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
    browser.evaluate("document.querySelectorAll('.name').forEach((b) => b.click())");
    hoverOver(
        "overview",
        "(({best}) => [best.trainDifference.mean, best.difference.mean])(shrinklab.data.against[0].variants[2])");
    browser.until("document.querySelector('[data-figure=overview] .tip') !== null");

    assertThat(browser.evaluate("typeof window.hostile").asText()).isEqualTo("undefined");
    assertThat(count("img, [onload], [onerror], [onmouseover]")).isZero();
    assertThat(text("h1")).isEqualTo(PageTest.HOSTILE.get(0));
    assertThat(rows()).contains(PageTest.HOSTILE.get(1), PageTest.HOSTILE.get(2));
    assertThat(text("tr[data-v='1'] + tr.more")).doesNotContain("mvn ").contains("No command");
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

  /** Brings one chart onto the screen, and those beside it: all are many seconds of work. */
  private static void draw(String figure) {
    String chart = "document.querySelector('[data-figure=" + figure + "] .chart')";
    browser.evaluate(
        "document.documentElement.style.scrollBehavior = 'auto'; "
            + chart
            + ".scrollIntoView({block: 'center'})");
    browser.until(chart + ".dataset.drawn");
  }

  private static void hoverOver(String figure, String point) {
    draw(figure);
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
            "[...document.querySelectorAll('#variants tr[data-v]')].filter((r) => !r.hidden).map((r) => r.querySelector('.name').textContent)"));
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

  private static void openDetails(String variant) {
    browser.evaluate(
        "[...document.querySelectorAll('#variants .name')].find((b) => b.textContent === '"
            + variant
            + "').click()");
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

package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.analysis.StepCourse;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ACourse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of one or two runs, as a file and in a real browser. */
class StepPageTest {
  private static final Variant NONE = SyntheticSweep.variant("none", "{'kind': 'none'}");
  private static final Variant RIDGE =
      SyntheticSweep.variant("ridge", "{'kind': 'lp', 'p': 2, 'lambda': 0.01}");

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Browser.installed();
    if (program.isPresent()) {
      browser = new Browser(program.get());
    }
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static StepCourse none(int steps) {
    return ACourse.of(new RunSpec(NONE, 3)).push(step -> 1.0 / step).steps(steps);
  }

  private static StepCourse ridge(int steps) {
    return ACourse.of(new RunSpec(RIDGE, 3))
        .norm(step -> 5 + 5.0 / step)
        .push(step -> 0.1 + 0.01 * (step % 3))
        .pull(step -> 0.12)
        .partsAfter(40)
        .steps(steps);
  }

  private static Path write(String name, Variant variant, StepCourse... courses)
      throws IOException {
    Experiment experiment =
        new Experiment("steps", "", List.of(3L), "none", List.of(NONE, variant));
    Path file = folder.resolve(name + ".html");
    try (OutputStream out = Files.newOutputStream(file)) {
      new StepPage(experiment, List.of(courses)).writeTo(out);
    }
    return file;
  }

  private static void open(Path page, String theme, int width) {
    assumeTrue(
        browser != null,
        "no Chromium or Chrome on the path or in CHROME_BIN: the page is not tested in a browser");
    browser.colourScheme(theme);
    browser.size(width, 900);
    browser.open(page);
  }

  /** Brings every chart near the screen, so that it is drawn. */
  private static void drawAll() {
    browser.evaluate("page.charts.forEach((c) => { c.seen = true; }); page.redraw()");
    browser.until("page.charts.every((c) => c.figure.querySelector('.chart').dataset.drawn > 0)");
  }

  /** The thick lines of a chart, with how many points each has. */
  private static List<String> lines(String figure) {
    List<String> texts = new ArrayList<>();
    browser
        .evaluate(
            "page.charts.find((c) => c.figure.dataset.figure === '%s').instance.getOption().series.filter((s) => s.lineStyle.width > 2).map((s) => s.name + ' ' + s.data.length)"
                .formatted(figure))
        .forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  void drawsTwoRunsSideBySideInBothThemesAndOnATelephone() throws IOException {
    Path page = write("two", RIDGE, none(600), ridge(300));
    for (int width : new int[] {1280, 390}) {
      for (String theme : width == 390 ? List.of("dark") : List.of("light", "dark")) {
        open(page, theme, width);
        drawAll();

        assertThat(browser.problems()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
            .isEqualTo(theme);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
            .as("nothing sticks out")
            .isLessThanOrEqualTo(width);
        // 600 and 300 points of which sixty means are drawn.
        assertThat(lines("tug-0"))
            .containsExactly("data push outward 60", "penalty pulls inward 60");
        assertThat(lines("norm")).containsExactly("none 60", "ridge 60");
        assertThat(lines("dead_units-1")).containsExactly("dense1.weight 60", "dense2.weight 60");
        // Two of push and pull, norm and four losses, eight quantities of each run.
        assertThat(browser.evaluate("document.querySelectorAll('.chart canvas').length").asInt())
            .isEqualTo(2 + 5 + 2 * 8);
      }
    }
  }

  @Test
  void tellsTheStepUnderTheMouseAndFollowsItsSwitches() throws IOException {
    open(write("hover", RIDGE, none(100), ridge(100)), "light", 1280);
    drawAll();
    JsonNode at =
        browser.evaluate(
            """
            (() => {
              const entry = page.charts.find((c) => c.figure.dataset.figure === 'tug-1');
              entry.figure.scrollIntoView({ block: 'center', behavior: 'instant' });
              const box = entry.figure.querySelector('.chart').getBoundingClientRect();
              const [x, y] = entry.instance.convertToPixel('grid', [41, 0.1]);
              return [box.x + x, box.y + y];
            })()""");
    browser.hover(at.get(0).asDouble(), at.get(1).asDouble());
    browser.until("document.querySelector('[data-figure=tug-1] .tip') !== null");
    // 0.1 + 0.01 * (41 % 3); ten steps an epoch.
    assertThat(
            browser
                .evaluate("document.querySelector('[data-figure=tug-1] .tip').innerText")
                .asText())
        .contains("step 41, epoch 5", "0.12");

    browser.evaluate("layer.value = 'dense2.weight'; layer.dispatchEvent(new Event('change'))");
    assertThat(lines("weight_norm-0")).containsExactly("dense2.weight 100");
    browser.evaluate("document.querySelector('[data-value=log]').click()");
    assertThat(browser.evaluate("page.charts[0].instance.getOption().xAxis[0].type").asText())
        .isEqualTo("log");
    browser.evaluate("document.getElementById('theme').click()");
    assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
        .isEqualTo("dark");
    browser.evaluate(
        "document.querySelectorAll('figure details').forEach((d) => { d.open = true; })");
    browser.until("document.querySelectorAll('[data-figure=tug-1] tbody tr').length === 100");
    assertThat(browser.problems()).isEmpty();
  }

  @Test
  void aRunWithoutAStepAndOneOfNoNumbersAreDrawnWithoutComplaint() throws IOException {
    StepCourse lost =
        ACourse.of(new RunSpec(RIDGE, 3))
            .norm(step -> Double.POSITIVE_INFINITY)
            .push(step -> Double.NaN)
            .pull(step -> 1e300)
            .loss(step -> Double.MAX_VALUE)
            .steps(3);
    open(write("lost", RIDGE, none(0), lost), "light", 1280);
    drawAll();
    assertThat(browser.problems()).isEmpty();
    open(write("empty", RIDGE, none(0)), "light", 1280);
    assertThat(browser.problems()).isEmpty();
    assertThat(browser.evaluate("document.body.innerText").asText())
        .contains("No step was taken, so there is nothing to draw.");
  }

  @Test
  void keepsHostileTextAsText() throws IOException {
    for (String name : PageTest.HOSTILE) {
      Variant hostile = SyntheticSweep.variant(name, "{'kind': 'lp', 'p': 1, 'lambda': 1e-4}");
      Path page = write("hostile", hostile, ACourse.of(new RunSpec(hostile, 3)).steps(2), none(2));
      assertThat(Files.readString(page).replaceAll("(?s)<script[^>]*>.*?</script>", ""))
          .doesNotContain("<img", "<svg onload", "<!--", "49<")
          .doesNotContain("onerror=window.hostile=2>");
    }
  }

  /**
   * Two runs of a deep network, whose 614 lines have 162 points each: as many steps as fill them,
   * eight in a point, so that more make no larger page.
   */
  @Test
  void staysBelowSixMegabytesHoweverManyStepsAndLayers() throws IOException {
    StepCourse deep =
        ACourse.of(new RunSpec(RIDGE, 3))
            .layers(62)
            .norm(step -> Math.sqrt(step) * Math.PI)
            .push(step -> Math.sin(step) / 7)
            .pull(step -> Math.cos(step) / 3)
            .loss(step -> step == 777 ? 123_456 : 1 / Math.sqrt(step))
            .steps(8 * 162);
    assertThat(Files.size(write("deep", RIDGE, deep, deep))).isLessThan(6_000_000);
  }
}

package io.shrinklab.report;

import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How large pages of large sweeps are, how long a browser takes until they are drawn, and for how
 * long they keep it from answering: on opening, on scrolling through and on a switch.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.report.PageBenchmark
 * </pre>
 */
public final class PageBenchmark {
  private static final String WATCH =
      """
      window.longest = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((task) => {
        window.longest = Math.max(window.longest, task.duration);
      })).observe({type: 'longtask', buffered: true});""";

  /** Through the page as a reader goes, then to the other moment. */
  private static final String READ =
      """
      (async () => {
        const wait = (ms) => new Promise((done) => setTimeout(done, ms));
        for (let y = 0; y < document.body.scrollHeight; y += 500) {
          scrollTo({top: y, behavior: 'instant'});
          await wait(60);
        }
        scrollTo({top: 0, behavior: 'instant'});
        document.querySelector('[data-value="last"]').click();
        await wait(1500);
        return longest;
      })()""";

  private static final int ROUNDS = 5;

  private PageBenchmark() {}

  /** Prints a line for each sweep and round. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("shrinklab-pages");
    try (Browser browser = new Browser(Browser.installed().orElseThrow())) {
      browser.size(1280, 900);
      browser.before(WATCH);
      measure(browser, folder, SyntheticSweep.experiment(), "20 variants, 10 seeds");
      measure(browser, folder, many(6, 40), "240 variants in 40 settings, 10 seeds");
      measure(browser, folder, many(1000, 1), "1,000 variants in one setting, 10 seeds");
    }
  }

  private static void measure(Browser browser, Path folder, Experiment experiment, String label)
      throws Exception {
    Path page = folder.resolve("report.html");
    Files.writeString(page, PageTest.page(experiment, SyntheticSweep.complete(experiment)));
    // This virtual machine still compiles what has just run, on the cores that the browser needs.
    Thread.sleep(4000);
    for (int round = 0; round < ROUNDS; round++) {
      browser.open(page);
      // Answered when the last chart of the first screen is drawn.
      double opened = browser.evaluate("performance.now()").asDouble();
      double opening = browser.evaluate("longest").asDouble();
      double longest = browser.evaluate(READ).asDouble();
      System.out.printf(
          Locale.ROOT,
          "%-42s %5.2f MB, drawn after %5.0f ms, longest task %4.0f ms on opening, %4.0f ms in all%n",
          label,
          Files.size(page) / 1e6,
          opened,
          opening,
          longest);
    }
  }

  private static Experiment many(int entries, int settings) {
    List<Variant> variants = new ArrayList<>();
    for (int setting = 0; setting < settings; setting++) {
      String name = settings == 1 ? "" : "rate-" + setting;
      variants.add(SyntheticSweep.variant("none", name, "{'kind': 'none'}"));
      for (int i = 1; i < entries; i++) {
        double lambda = 1e-6 * Math.pow(1e5, (double) i / entries);
        String p = Numbers.plain(1 + i % 4 * 0.5);
        variants.add(
            SyntheticSweep.variant(
                "l" + p + "-" + i,
                name,
                "{'kind': 'lp', 'p': " + p + ", 'lambda': " + lambda + "}"));
      }
    }
    return new Experiment("large", "", LongStream.range(0, 10).boxed().toList(), "none", variants);
  }
}

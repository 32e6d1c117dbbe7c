package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep that goes on, opened from disk in a real browser while it is renewed. */
class LivePageInBrowserTest {
  private static final String TOP = "document.getElementById('h-path').getBoundingClientRect().top";

  @TempDir private Path folder;

  private final Experiment experiment = SyntheticSweep.experiment();
  private final List<RunRecord> all = SyntheticSweep.complete(experiment);

  private Path page() {
    return folder.resolve("report.html");
  }

  /** Replaces the page by rename, as a sweep does. */
  private void write(int runs, Live live) throws IOException {
    Path next = folder.resolve("next.html");
    Files.writeString(next, PageTest.page(experiment, all.subList(0, runs), live));
    Files.move(next, page(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void renewsItselfKeepsTheViewAndSaysWhenItIsOver() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "no Chromium or Chrome: a live page is not tested in one");
    try (Browser browser = new Browser(program.get())) {
      browser.size(1200, 900);
      write(120, new Live(120, 180, "2026-03-01T12:00:00Z", 1));
      browser.open(page());
      assertThat(browser.evaluate("document.querySelector('.live').textContent").asText())
          .contains("This is not the end.", "120 of 180 runs are over", "renewed while");
      browser.evaluate("document.querySelector('tr[data-v=\"3\"] .pick').click()");
      browser.evaluate("document.querySelector('tr[data-v=\"3\"] .name').click()");
      browser.evaluate("document.getElementById('h-path').scrollIntoView({behavior: 'instant'})");
      double top = browser.evaluate(TOP).asDouble();

      write(150, new Live(150, 180, "2026-03-01T12:00:10Z", 1));
      browser.untilRenewed(
          "document.querySelector('.live').textContent.includes('150 of 180')"
              + " && document.querySelector('tr.more') !== null");

      assertThat(browser.evaluate("[...shrinklab.state.selected].join()").asText()).isEqualTo("3");
      assertThat(browser.evaluate("document.querySelectorAll('tr.more').length").asInt())
          .isEqualTo(1);
      assertThat(browser.evaluate(TOP).asDouble()).isBetween(top - 2, top + 2);

      // Held, it stays as it is.
      browser.evaluate("document.getElementById('live-hold').click()");
      write(180, null);
      browser.evaluate("new Promise((done) => setTimeout(done, 4500))");
      assertThat(browser.evaluate("document.querySelector('.live').textContent").asText())
          .contains("150 of 180", "held as it is");

      browser.evaluate("document.getElementById('live-hold').click()");
      browser.untilRenewed(
          "!document.querySelector('.live') && shrinklab.state.selected.size === 1");
      assertThat(browser.evaluate("[...shrinklab.state.selected].join()").asText()).isEqualTo("3");
      assertThat(browser.problems()).isEmpty();
    }
  }

  @Test
  void saysThatNothingNewComesWhereASweepWasStopped() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "no Chromium or Chrome: a live page is not tested in one");
    try (Browser browser = new Browser(program.get())) {
      browser.size(1200, 900);
      write(120, new Live(120, 180, "2026-03-01T12:00:00Z", 1));
      browser.open(page());
      // As if this tab had shown the same page for five minutes.
      browser.evaluate(
          """
          sessionStorage.setItem('shrinklab lp-ablation', JSON.stringify({
            written: '2026-03-01T12:00:00Z', since: Date.now() - 300000, heading: '', top: 0, rows: [], details: []}));
          location.reload()""");

      browser.untilRenewed(
          "document.getElementById('live-said')?.textContent.includes('nothing new for 5 min')");
    }
  }
}

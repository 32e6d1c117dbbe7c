package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepPlan;
import io.shrinklab.sweep.SweepSummary;
import io.shrinklab.testing.ARow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SweepProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();
  private final RunSpec run = TestRuns.spec("decay", 0.02, 3, 10, 0);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void after(int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static EpochMetrics epoch(int epoch, double score) {
    return ARow.of(epoch).with(Metric.VALIDATION_SCORE, score).row();
  }

  @Test
  void plainLinesComeEveryFewSecondsAndFailuresAtOnce() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try (PlainProgress progress = new PlainProgress(out, "demo", clock::get)) {
      progress.onPlan(new SweepPlan(6, 1, 1, 4, 1, 0, 2));
      progress.onStart(1, List.of(run));
      after(1);
      progress.onEpoch(1, run, epoch(1, 0.5));
      after(9);
      // Half of one of four runs took ten seconds: seven halves are left.
      progress.onEpoch(1, run, epoch(5, 0.9));
      progress.onEpoch(1, run, epoch(6, 0.8));
      progress.onEnd(1, run, RunStatus.FAILED, "out of memory");
      progress.onInterrupted(
          new SweepSummary(
              new SweepPlan(6, 1, 1, 4, 1, 0, 2),
              0,
              0,
              1,
              List.of(new SweepSummary.FailedRun("decay seed 3", "out of memory")),
              SweepSummary.Ending.INTERRUPTED,
              Duration.ofSeconds(10)));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(shown().lines())
        .containsExactly(
            "demo: 6 runs, 1 complete from before, 1 copied; 4 to train with 2 workers,"
                + " 1 of them failed before",
            "2 of 6 runs done; about 70 s left; best validation score so far 0.9000 (decay"
                + " seed 3); worker 1: decay seed 3, epoch 5/10, validation score 0.9000",
            "FAILED decay seed 3: out of memory",
            "Stopped. 2 of 6 runs are complete, 1 failed; stopped from outside."
                + " The same command goes on from here.");
  }

  /** Reasons are a worker's words, and those of what it was made to read. */
  @Test
  void whatAWorkerSaysIsMadeVisibleAndIsOneLine() {
    String said = "a\u001b[2J\r\nFAILED none seed 1: all of them";
    try (PlainProgress progress = new PlainProgress(out, "demo", clock::get)) {
      progress.onEnd(1, run, RunStatus.FAILED, said);
      progress.onNotice("b\u202Ec");
    }
    String failed = "FAILED decay seed 3: a\\u001b[2J\\r\\nFAILED none seed 1: all of them";
    assertThat(shown().lines()).containsExactly(failed, "note: b\\u202ec");
    bytes.reset();
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 100)) {
      progress.onEnd(1, run, RunStatus.FAILED, said);
    }
    assertThat(Screen.of(shown())).containsExactly(failed);
  }

  @Test
  void aSweepWithNothingToDoSaysSo() {
    try (PlainProgress progress = new PlainProgress(out, "demo", clock::get)) {
      progress.onPlan(new SweepPlan(1, 1, 0, 0, 0, 0, 0));
    }
    assertThat(shown().strip()).isEqualTo("demo: 1 run, 1 complete from before; nothing to train");
  }

  @Test
  void theTerminalKeepsFailuresAndEndsWithTheBarAlone() {
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 100)) {
      progress.onPlan(new SweepPlan(2, 0, 0, 2, 0, 0, 1));
      progress.onStart(1, List.of(run));
      progress.onEpoch(1, run, epoch(5, 0.9));
      progress.onEnd(1, run, RunStatus.FAILED, "out of memory");
      progress.onStart(1, List.of(run));
      progress.onEnd(1, run, RunStatus.COMPLETED, "");
    }
    List<String> screen = Screen.of(shown());
    assertThat(screen.get(0)).isEqualTo("demo: 2 runs; 2 to train with 1 worker");
    assertThat(screen.get(1)).isEqualTo("FAILED decay seed 3: out of memory");
    assertThat(screen.get(2)).startsWith("demo").contains("100%").contains("2/2 runs");
    assertThat(screen).hasSize(3);
  }

  @Test
  void theTerminalTellsTheTimeLeftAndWhatEachWorkerIsAt() {
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 100)) {
      progress.onPlan(new SweepPlan(4, 0, 0, 4, 0, 0, 2));
      progress.onStart(1, List.of(run));
      progress.onStart(2, List.of(run));
      after(10);
      // Half of one of four runs took ten seconds: seven halves are left.
      progress.onEpoch(1, run, epoch(5, 0.9));
      // Draws.
      progress.onNotice("look");
      assertThat(moving())
          .containsExactly(
              "  about 70 s left",
              "  best validation score so far 0.9000 (decay seed 3)",
              "  worker 1: decay seed 3, epoch 5/10, validation score 0.9000",
              "  worker 2: decay seed 3, starting");
    }
  }

  /** Two of three that were begun together: half of one done, one over. */
  @Test
  void runsThatAreTrainedSideBySideAreToldInOneLine() {
    RunSpec other = TestRuns.spec("ridge", 0.03, 3, 10, 0);
    RunSpec third = TestRuns.spec("none", 0.04, 3, 10, 0);
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 100)) {
      progress.onPlan(new SweepPlan(3, 0, 0, 3, 0, 0, 1));
      progress.onStart(1, List.of(run, other, third));
      progress.onNotice("look");
      assertThat(moving()).containsExactly("  worker 1: seed 3, 3 variants, starting");
      after(10);
      progress.onEpoch(1, run, epoch(5, 0.9));
      progress.onEpoch(1, other, epoch(5, 0.8));
      progress.onEnd(1, third, RunStatus.DIVERGED, "loss");
      progress.onNotice("look");
      // Two of three runs' work took ten seconds: one is left.
      assertThat(moving())
          .containsExactly(
              "  about 5 s left",
              "  best validation score so far 0.9000 (decay seed 3)",
              "  worker 1: seed 3, 3 variants (1 done), epoch 5/10, best 0.9000");
    }
  }

  @Test
  void aNarrowTerminalIsFilledAndNotOverrun() {
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 44)) {
      progress.onPlan(new SweepPlan(4, 0, 0, 4, 0, 0, 1));
      progress.onStart(1, List.of(run));
      progress.onEpoch(1, run, epoch(5, 0.9));
      progress.onNotice("look");
      // Two spaces and 41 characters more, and the sign that something is missing.
      assertThat(moving())
          .containsExactly(
              "  best validation score so far 0.9000 (deca…",
              "  worker 1: decay seed 3, epoch 5/10, valid…");
      assertThat(Screen.of(shown())).allSatisfy(row -> assertThat(row).hasSizeLessThan(45));
    }
  }

  /** With a name as long as those of the shipped sweeps, and a cohort of which a part is over. */
  @Test
  void sixtyColumnsHaveRoomForTimeVariantAndEpoch() {
    RunSpec other = TestRuns.spec("none", 0.04, 3, 60, 0);
    RunSpec other60 = TestRuns.spec("l2-weights-1e-04", 0.02, 3, 60, 0);
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 59)) {
      progress.onPlan(new SweepPlan(4, 0, 0, 4, 0, 0, 1));
      progress.onStart(1, List.of(other, other60));
      after(10);
      progress.onEpoch(1, other, epoch(60, 0.9));
      progress.onEnd(1, other, RunStatus.FAILED, "the reason");
      progress.onEpoch(1, other60, epoch(30, 0.95));
      progress.onNotice("look");
      // One run and a half of four took ten seconds.
      assertThat(moving())
          .containsExactly(
              "  about 16 s left; 1 failed",
              "  best validation score so far 0.9500 (l2-weights-1e-04 se…",
              "  worker 1: seed 3, 2 variants (1 done), epoch 30/60, best…");
    }
  }

  @Test
  void ofManyWorkersTheFirstAreShownAndTheOthersCounted() {
    try (TerminalProgress progress = new TerminalProgress(out, "demo", clock::get, () -> 79)) {
      progress.onPlan(new SweepPlan(40, 0, 0, 40, 0, 0, 40));
      for (int worker = 1; worker <= 40; worker++) {
        progress.onStart(worker, List.of(TestRuns.spec("none", 0.04, worker, 60, 0)));
      }
      progress.onNotice("look");
      assertThat(moving())
          .hasSize(13)
          .startsWith("  worker 1: none seed 1, starting")
          .endsWith("  and 28 more workers");
    }
  }

  @Test
  void aWindowMadeNarrowerIsErasedWithTheRowsThatItWrappedInto() {
    AtomicInteger columns = new AtomicInteger(10);
    MovingLines moving = new MovingLines(out, columns::get);
    moving.draw(List.of("0123456789", "", "01234"));
    bytes.reset();
    // In 4 columns these are 3 + 1 + 2 rows.
    columns.set(4);
    moving.erase();
    assertThat(shown()).isEqualTo("\033[6A\r\033[J");
    bytes.reset();
    moving.draw(List.of("01234"));
    moving.erase();
    assertThat(shown().lines()).containsExactly("012…", "\033[1A", "\033[J");
  }

  /** The rows below the bar. */
  private List<String> moving() {
    List<String> rows = Screen.of(shown());
    int bar = 0;
    for (int i = 0; i < rows.size(); i++) {
      bar = rows.get(i).startsWith("demo ") ? i : bar;
    }
    assertThat(rows).filteredOn(row -> row.startsWith("demo ")).hasSize(1);
    return rows.subList(bar + 1, rows.size());
  }

  /** What a terminal shows after the text: knows the two controls that are used. */
  private static final class Screen {
    static List<String> of(String text) {
      List<String> rows = new ArrayList<>();
      String up = "\033[";
      for (String line : text.split("\n", -1)) {
        String rest = line;
        for (int at = rest.indexOf(up); at >= 0; at = rest.indexOf(up)) {
          char control = rest.charAt(at + 2);
          if (control == 'J') {
            rest = rest.substring(at + 3);
          } else {
            int end = rest.indexOf('A', at);
            int lines = Integer.parseInt(rest.substring(at + 2, end));
            for (int i = 0; i < lines; i++) {
              rows.remove(rows.size() - 1);
            }
            rest = rest.substring(end + 1);
          }
        }
        rows.add(rest.replace("\r", ""));
      }
      rows.remove(rows.size() - 1);
      return rows;
    }
  }
}

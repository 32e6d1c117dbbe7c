package io.shrinklab.sweep;

import static io.shrinklab.sweep.TestSweep.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepSummary.Ending;
import io.shrinklab.sweep.SweepSummary.FailedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault costs its own run and no other: all of them are made in one sweep, among good runs.
 */
class FaultTest {
  private static final List<String> FATAL =
      List.of("throws", "asserts", "links", "eats-heap", "exits", "killed", "segfaults", "hangs");
  private static final List<String> HARMLESS = List.of("killed-once", "prints-garbage");

  @TempDir static Path shared;
  private static TestSweep sweep;
  private static SweepSummary summary;

  @TempDir Path root;

  private static RunSpec spec(String fault) {
    double minutes = fault.equals("hangs") ? 0.02 : 0;
    // Each its own, so that none is trained side by side with another.
    long seed = Stream.concat(FATAL.stream(), HARMLESS.stream()).toList().indexOf(fault);
    return TestRuns.spec(fault, 1 + Math.floorMod(fault.hashCode(), 900), seed, 3, minutes);
  }

  @BeforeAll
  static void sweepOfFaults() throws Exception {
    List<RunSpec> runs = new ArrayList<>();
    for (String fault : FATAL) {
      runs.add(spec(fault));
    }
    runs.addAll(runs("good"));
    for (String fault : HARMLESS) {
      runs.add(spec(fault));
    }
    sweep = new TestSweep(shared).jobs(2);
    summary = sweep.run(runs);
  }

  /** Checks that the fault became a whole row, and gives back its reason. */
  private static String reason(String fault) {
    RunRecord row = sweep.folder().read(spec(fault)).record().orElseThrow();
    assertThat(row.status()).isEqualTo(RunStatus.FAILED);
    // All of them fail after their second epoch.
    assertThat(row.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2);
    assertThat(summary.failed()).contains(new FailedRun(spec(fault).label(), row.reason()));
    assertThat(sweep.heard.ends).contains(spec(fault).label() + " FAILED");
    return row.reason();
  }

  private static String log(String fault) throws Exception {
    return sweep.log(spec(fault));
  }

  private static long tries(String fault) {
    return sweep.heard.starts.stream().filter(spec(fault).label()::equals).count();
  }

  @Test
  void theOtherRunsOfASweepWithFailuresAreComplete() {
    assertThat(summary.ending()).isEqualTo(Ending.FINISHED);
    assertThat(runs("good"))
        .allSatisfy(run -> assertThat(sweep.state(run)).isEqualTo(RunState.COMPLETE));
    assertThat(summary.completed()).isEqualTo(4);
    assertThat(summary.failed()).hasSize(8);
    assertThat(summary.text())
        .isEqualTo("4 of 12 runs are complete, 8 failed. The same command goes on from here.");
  }

  @Test
  void aRunThatThrowsIsAFailedRowWithItsFirstLine() throws Exception {
    assertThat(reason("throws")).isEqualTo("IllegalStateException: the loss has no gradient");
    assertThat(tries("throws")).isEqualTo(1);
    assertThat(log("throws"))
        .contains("a stray print while training throws seed ")
        .contains("second line")
        .contains("at io.shrinklab.sweep.FaultyWorker");
  }

  @Test
  void aFailedAssertionIsAFailedRow() {
    assertThat(reason("asserts")).isEqualTo("AssertionError: impossible");
  }

  @Test
  void aMissingNativeLibraryIsAFailedRow() {
    assertThat(reason("links"))
        .isEqualTo("UnsatisfiedLinkError: no djl_torch in java.library.path");
  }

  @Test
  void aRunThatEatsTheHeapIsAFailedRow() {
    assertThat(reason("eats-heap")).startsWith("Out of memory: Java heap space");
    assertThat(tries("eats-heap")).isEqualTo(1);
  }

  @Test
  void aRunThatExitsTheProcessIsTriedTwiceAndThenAFailedRow() {
    assertThat(reason("exits"))
        .startsWith("The worker process ended by itself with exit code 5")
        .endsWith("its log ends: a stray print while training " + spec("exits").label());
    assertThat(tries("exits")).isEqualTo(2);
    assertThat(sweep.heard.notices)
        .anySatisfy(
            text -> assertThat(text).startsWith(spec("exits").label() + " is tried once more: "));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aWorkerThatTheSystemKillsTwiceIsAFailedRow() {
    assertThat(reason("killed"))
        .startsWith("The worker process was killed (signal 9), as systems do when memory runs out");
    assertThat(tries("killed")).isEqualTo(2);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aWorkerThatTheSystemKillsOnceCostsNothing() {
    assertThat(tries("killed-once")).isEqualTo(2);
    assertThat(sweep.state(spec("killed-once"))).isEqualTo(RunState.COMPLETE);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aCrashInNativeCodeIsAFailedRowWithTheCrashReport() throws Exception {
    assertThat(reason("segfaults")).startsWith("The worker process crashed in native code, in C [");
    assertThat(tries("segfaults")).isEqualTo(2);
    assertThat(log("segfaults"))
        .contains("about to touch address 0")
        .contains("fatal error has been detected by the Java Runtime Environment");
  }

  @Test
  void aRunThatHangsBeyondItsTimeIsStoppedAndNotTriedAgain() {
    assertThat(reason("hangs"))
        .isEqualTo("Took longer than training.timeoutMinutes = 0.02 and was stopped");
    assertThat(tries("hangs")).isEqualTo(1);
  }

  @Test
  void garbageOnStandardOutputIsKeptInTheLogAndHarmsNothing() {
    assertThat(sweep.state(spec("prints-garbage"))).isEqualTo(RunState.COMPLETE);
    assertThat(tries("prints-garbage")).isEqualTo(1);
    // The message that followed a print without an end of line arrived all the same.
    assertThat(sweep.heard.epochs).contains(99);
  }

  @Test
  void failedRunsAreTriedAgainByTheNextSweep() throws Exception {
    List<RunSpec> runs = List.of(TestRuns.spec("throws", 2, 0), TestRuns.spec("good", 3, 0));
    new TestSweep(root).run(runs);

    TestSweep again = new TestSweep(root);
    SweepSummary second = again.run(runs);

    assertThat(again.heard.plans).containsExactly(new SweepPlan(2, 1, 0, 1, 1, 0, 1));
    assertThat(again.heard.starts).containsExactly("throws seed 0");
    assertThat(second.failed()).hasSize(1);
  }

  @Test
  void withFailFastTheFirstFailureEndsTheSweep() throws Exception {
    TestSweep fast = new TestSweep(root).failFast();
    List<RunSpec> good = runs("good");
    RunSpec bad = TestRuns.spec("throws", 1, 5);

    SweepSummary ended = fast.run(List.of(good.get(0), bad, good.get(1)));

    assertThat(ended.ending()).isEqualTo(Ending.FAILED_FAST);
    assertThat(ended.missing()).isEqualTo(2);
    assertThat(ended.text())
        .isEqualTo(
            "1 of 3 runs are complete, 1 failed; stopped at the first failure, as asked."
                + " The same command goes on from here.");
    assertThat(fast.state(bad)).isEqualTo(RunState.FAILED);
    assertThat(fast.state(good.get(1))).isEqualTo(RunState.ABSENT);
  }

  @Test
  void aFullDiskEndsTheSweepAndLeavesNothingHalfWritten() throws Exception {
    List<RunSpec> runs = runs("good");
    TestSweep first = new TestSweep(root);
    first.run(runs.subList(0, 1));

    TestSweep full = new TestSweep(root).jobs(2).option("-Dtest.diskFull=true");
    List<RunSpec> more = new ArrayList<>(runs);
    more.addAll(runs("more"));
    assertThatThrownBy(() -> full.run(more))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining(full.folder().path().toString())
        .hasMessageContaining("make room");

    assertThat(full.state(runs.get(0))).isEqualTo(RunState.COMPLETE);
    assertThat(more.subList(1, more.size()))
        .allSatisfy(run -> assertThat(full.state(run)).isIn(RunState.ABSENT, RunState.INCOMPLETE));
    assertThat(new TestSweep(root).run(more).missing()).isZero();
  }

  @Test
  void aFileLargerThanTheSystemAllowsEndsTheSweep() throws Exception {
    ProcessLimit.assumeCanBeSet();
    List<RunSpec> good = runs("good");
    RunSpec large = TestRuns.spec("small-files", 1, 5);
    TestSweep limited = new TestSweep(root);

    assertThatThrownBy(() -> limited.run(List.of(good.get(0), large, good.get(1))))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(limited.folder().path() + ": File too large. Whatever is complete");

    assertThat(limited.state(good.get(0))).isEqualTo(RunState.COMPLETE);
    assertThat(List.of(large, good.get(1)))
        .allSatisfy(run -> assertThat(limited.state(run)).isEqualTo(RunState.ABSENT));
    assertThat(new TestSweep(root).run(good).missing()).isZero();
  }

  /** Deletes a file or folder, with all that is in it, when the n-th run has ended. */
  private static SweepListener deleting(Path tree, int runs) {
    return new SweepListener() {
      private int ended;

      @Override
      public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
        if (++ended == runs) {
          try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(file);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "lets no file be deleted that is in use")
  void aResultsFolderThatVanishesEndsTheSweep() throws Exception {
    List<RunSpec> runs = runs("good", "more");
    TestSweep first = new TestSweep(root);

    assertThatThrownBy(() -> first.run(runs, deleting(first.results(), 2)))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(first.folder().path() + " was removed, moved or replaced");

    // Nothing is written where no lock keeps others out.
    assertThat(first.results()).doesNotExist();
    assertThat(new TestSweep(root).run(runs).missing()).isZero();
  }

  @Test
  void aRunThatVanishesWhileTheSweepRunsIsToldAtItsEnd() throws Exception {
    List<RunSpec> runs = runs("good", "more");
    TestSweep first = new TestSweep(root);

    assertThatThrownBy(() -> first.run(runs, deleting(first.folder().path(runs.get(0)), 2)))
        .isInstanceOf(ResultsException.class)
        .hasMessageStartingWith("1 run was removed from the results folder")
        .hasMessageEndingWith("The same command does what is missing.");

    TestSweep again = new TestSweep(root);
    assertThat(again.run(runs).missing()).isZero();
    assertThat(again.heard.starts).containsExactly(runs.get(0).label());
  }
}

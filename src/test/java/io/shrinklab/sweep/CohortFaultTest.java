package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.RunState;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails among those that it is trained side by side with costs only itself. */
class CohortFaultTest {
  @TempDir Path root;

  private static List<RunSpec> runs(double minutes, String... names) {
    return Stream.of(names)
        .map(name -> TestRuns.spec(name, 1 + Math.floorMod(name.hashCode(), 900), 5, 3, minutes))
        .toList();
  }

  private RunRecord row(TestSweep sweep, RunSpec run) {
    return sweep.folder().read(run).record().orElseThrow();
  }

  private static long tries(TestSweep sweep, RunSpec run) {
    return sweep.heard.starts.stream().filter(run.label()::equals).count();
  }

  @Test
  void aRunThatThrowsIsNotTriedAgainAndTheOthersGoOn() throws Exception {
    // With one worker, the half of ten is begun together.
    List<RunSpec> runs = runs(0, "a", "throws", "b", "c", "d", "e", "f", "g", "h", "i");
    TestSweep sweep = new TestSweep(root);
    SweepSummary summary = sweep.run(runs);
    assertThat(summary.completed()).isEqualTo(9);
    assertThat(row(sweep, runs.get(1)).reason())
        .isEqualTo("IllegalStateException: the loss has no gradient");
    assertThat(row(sweep, runs.get(1)).epochs()).hasSize(2);
    assertThat(sweep.heard.starts).hasSize(10);
    assertThat(sweep.heard.notices).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void whatADeadWorkerHadNotStoredIsTriedAloneAndABadRunIsFoundOut() throws Exception {
    List<RunSpec> runs = runs(0, "a", "killed", "b", "segfaults", "exits", "c", "d", "e");
    TestSweep sweep = new TestSweep(root);
    SweepSummary summary = sweep.run(runs);
    assertThat(summary.ending()).isEqualTo(Ending.FINISHED);
    assertThat(summary.completed()).isEqualTo(5);
    assertThat(row(sweep, runs.get(1)).reason()).startsWith("The worker process was killed");
    assertThat(row(sweep, runs.get(3)).reason()).startsWith("The worker process crashed in native");
    assertThat(row(sweep, runs.get(4)).reason()).contains("exit code 5");
    // "a" was stored before its neighbour's end; "b" comes after it.
    assertThat(tries(sweep, runs.get(0))).isEqualTo(1);
    assertThat(tries(sweep, runs.get(2))).isEqualTo(2);
    assertThat(tries(sweep, runs.get(1))).isEqualTo(2);
    assertThat(sweep.heard.notices)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith(
                        "killed seed 5 and 2 more are tried again, each alone: The worker"));
  }

  /** Too much for one process need not be too much for each run. */
  @Test
  void runsThatFailTogetherAreTriedAlone() throws Exception {
    List<RunSpec> runs = runs(0, "a", "eats-heap", "b", "asserts", "c", "links", "d", "e");
    TestSweep sweep = new TestSweep(root);
    assertThat(sweep.run(runs).completed()).isEqualTo(5);
    assertThat(row(sweep, runs.get(1)).reason()).startsWith("Out of memory: Java heap space");
    assertThat(row(sweep, runs.get(3)).reason()).isEqualTo("AssertionError: impossible");
    assertThat(row(sweep, runs.get(5)).reason()).startsWith("UnsatisfiedLinkError");
  }

  /** Three runs may take three times what one may. */
  @Test
  void aRunThatHangsIsFoundOutByItsOwnTimeLimit() throws Exception {
    List<RunSpec> runs = runs(0.02, "a", "hangs", "b", "c", "d", "e");
    TestSweep sweep = new TestSweep(root);
    assertThat(sweep.run(runs).completed()).isEqualTo(5);
    assertThat(row(sweep, runs.get(1)).status()).isEqualTo(RunStatus.FAILED);
    assertThat(row(sweep, runs.get(1)).reason())
        .isEqualTo("Took longer than training.timeoutMinutes = 0.02 and was stopped");
    assertThat(sweep.heard.notices)
        .singleElement()
        .asString()
        .isEqualTo(
            "hangs seed 5 and 1 more are tried again, each alone: Took longer than"
                + " training.timeoutMinutes = 0.02 for each of 3 runs and was stopped");
  }

  @Test
  void anInterruptedSweepGoesOnWithWhatIsMissingOfACohort() throws Exception {
    List<RunSpec> runs = runs(0, "a", "b", "c", "d", "e", "f");
    TestSweep first = new TestSweep(root);
    first.run(runs.subList(0, 2));
    TestSweep second = new TestSweep(root);
    assertThat(second.run(runs).completed()).isEqualTo(4);
    assertThat(second.heard.starts)
        .containsExactlyElementsOf(runs.subList(2, 6).stream().map(RunSpec::label).toList());
    assertThat(runs).allSatisfy(run -> assertThat(second.state(run)).isEqualTo(RunState.COMPLETE));
  }

  /** Each of a seed of its own, so that none is in a list with another. */
  private static List<RunSpec> apart(double minutes, String... names) {
    return IntStream.range(0, names.length)
        .mapToObj(seed -> TestRuns.spec(names[seed], seed + 1, seed, 3, minutes))
        .toList();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void aBadRunCostsNoOtherThanATryOfItsOwn() throws Exception {
    TestSweep sweep = new TestSweep(root).jobs(2).threads(2).option("-Dtest.epochMillis=100");
    List<RunSpec> runs = apart(0, "killed", "a", "segfaults", "b", "c");
    SweepSummary summary = sweep.run(runs);
    assertThat(summary.ending()).isEqualTo(Ending.FINISHED);
    assertThat(summary.completed()).isEqualTo(3);
    assertThat(row(sweep, runs.get(0)).reason()).startsWith("The worker process was killed");
    assertThat(row(sweep, runs.get(2)).reason()).startsWith("The worker process crashed in native");
    assertThat(row(sweep, runs.get(1)).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aRunBesideOneThatHangsIsTriedAgainAndCompleted() throws Exception {
    TestSweep sweep = new TestSweep(root).jobs(2).threads(2).option("-Dtest.epochMillis=500");
    List<RunSpec> runs = apart(0.08, "hangs", "a", "b", "c", "d");
    // One after another beside it, each well within its limit, the last one when it is stopped.
    assertThat(sweep.run(runs).completed()).isEqualTo(4);
    assertThat(row(sweep, runs.get(0)).reason())
        .isEqualTo("Took longer than training.timeoutMinutes = 0.08 and was stopped");
    assertThat(sweep.heard.notices)
        .singleElement()
        .asString()
        .contains("another of its runs took longer than its limit");
  }
}

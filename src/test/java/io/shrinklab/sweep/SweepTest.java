package io.shrinklab.sweep;

import static io.shrinklab.sweep.TestSweep.runs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.data.DataException;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary.Ending;
import io.shrinklab.testing.ASpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  @TempDir Path root;

  @Test
  void everyRunIsTrainedOnceAndStored() throws Exception {
    TestSweep sweep = new TestSweep(root).jobs(2);
    List<RunSpec> runs = runs("a", "b", "c");

    SweepSummary summary = sweep.run(runs);

    assertThat(summary.ending()).isEqualTo(Ending.FINISHED);
    assertThat(summary.completed()).isEqualTo(6);
    assertThat(summary.missing()).isZero();
    assertThat(summary.text()).isEqualTo("6 of 6 runs are complete.");
    assertThat(runs).allSatisfy(run -> assertThat(sweep.state(run)).isEqualTo(RunState.COMPLETE));
    assertThat(sweep.heard.starts)
        .containsExactlyInAnyOrderElementsOf(runs.stream().map(RunSpec::label).toList());
    assertThat(sweep.heard.epochs).hasSize(18);
    // Each run's own epochs, told of the worker that it was begun on: losses are 1 / (epoch + seed
    // + 2).
    assertThat(sweep.heard.told).hasSize(6);
    sweep.heard.told.forEach(
        (run, epochs) ->
            assertThat(epochs)
                .as(run)
                .isEqualTo(
                    run.endsWith("seed 0")
                        ? List.of("1 " + 1 / 3.0, "2 " + 1 / 4.0, "3 " + 1 / 5.0)
                        : List.of("1 " + 1 / 4.0, "2 " + 1 / 5.0, "3 " + 1 / 6.0)));
    assertThat(sweep.heard.plans).containsExactly(new SweepPlan(6, 0, 0, 6, 0, 0, 2));
    assertThat(sweep.log(runs.get(3)))
        .contains("a stray print while training b seed 1")
        .doesNotContain("seed 0");
    assertThat(sweep.folder().path().resolve("worker-logs")).doesNotExist();
  }

  @Test
  void aSecondSweepFindsNothingToDoAndStartsNoWorker() throws Exception {
    List<RunSpec> runs = runs("a");
    new TestSweep(root).run(runs);

    TestSweep again = new TestSweep(root).option("-Dtest.deadOnArrival=true");
    SweepSummary summary = again.run(runs);

    assertThat(again.heard.starts).isEmpty();
    assertThat(again.heard.plans).containsExactly(new SweepPlan(2, 2, 0, 0, 0, 0, 0));
    assertThat(summary.done()).isEqualTo(2);
  }

  @Test
  void onlyDamagedRunsAreDoneAgainAndTheUserIsTold() throws Exception {
    List<RunSpec> runs = runs("a", "b");
    TestSweep first = new TestSweep(root);
    first.run(runs);
    Path metrics = first.folder().path(runs.get(2)).resolve("metrics.csv");
    Files.writeString(metrics, Files.readString(metrics).substring(0, 200));

    TestSweep again = new TestSweep(root);
    again.run(runs);

    assertThat(again.heard.starts).containsExactly("b seed 0");
    assertThat(again.heard.notices)
        .singleElement()
        .asString()
        .startsWith("b seed 0 is done again, for its files are damaged: ")
        .contains("metrics.csv has 200 bytes");
    assertThat(again.state(runs.get(2))).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void aRunThatAnotherSweepTrainedIsCopiedAndTheUserIsTold() throws Exception {
    RunSpec there = TestRuns.spec("ridge", 0.5, 7);
    RunSpec here = TestRuns.spec("decay", 0.5, 7);
    TestSweep sweep = new TestSweep(root);
    new Sweep(
            new SweepOptions(sweep.results(), null, 1, OnFailure.GO_ON),
            workers -> sweep.command(),
            WritePoint.PASS)
        .run("older", List.of(there), SweepListener.SILENT);

    SweepSummary summary = sweep.run(List.of(here));

    assertThat(sweep.heard.starts).isEmpty();
    assertThat(sweep.heard.notices)
        .containsExactly("1 run was already trained in older and copied from there");
    assertThat(summary.copied()).isEqualTo(1);
    assertThat(summary.done()).isEqualTo(1);
    assertThat(sweep.state(here)).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void twoNamesOfTheSameRunAreTrainedOnce() throws Exception {
    RunSpec one = TestRuns.spec("ridge", 0.5, 7);
    RunSpec other = TestRuns.spec("decay", 0.5, 7);
    TestSweep sweep = new TestSweep(root).jobs(2);

    SweepSummary summary = sweep.run(List.of(one, other));

    assertThat(sweep.heard.starts).containsExactly("ridge seed 7");
    assertThat(sweep.heard.notices).singleElement().asString().contains("decay seed 7 from ridge");
    assertThat(summary.done()).isEqualTo(2);
    assertThat(sweep.folder().read(other).record().orElseThrow().spec().variant().name())
        .isEqualTo("decay");
  }

  @Test
  void aBusyFolderIsRefusedBeforeAnythingHappens() throws Exception {
    TestSweep sweep = new TestSweep(root);
    try (SweepFolder held = SweepFolder.lock(sweep.results(), TestSweep.NAME)) {
      assertThatThrownBy(() -> sweep.run(runs("a")))
          .isInstanceOf(ResultsException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      assertThat(held.path().resolve("runs")).doesNotExist();
    }
    assertThat(sweep.heard.plans).isEmpty();
  }

  @Test
  void dataThatCannotBeHadIsToldBeforeAnythingIsWritten() {
    RunSpec plain = TestRuns.spec("a", 1, 0);
    RunSpec run =
        ASpec.named("mnist")
            .data(new DataSpec.Mnist(Rows.of(100), Rows.of(100), DataSpec.Split.PER_SEED, 0, ""))
            .seed(0);
    Path results = root.resolve("results");
    Sweep sweep = new Sweep(new SweepOptions(results, root.resolve("no-data"), 1, OnFailure.GO_ON));
    assertThatThrownBy(() -> sweep.run("demo", List.of(plain, run), SweepListener.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no-data");
    assertThat(results).doesNotExist();
  }

  @Test
  void aLeakingWorkerIsReplacedBetweenAssignments() throws Exception {
    // A bound below any growth: every worker is spent after the first run that grew it.
    TestSweep sweep = new TestSweep(root).growth(-(1L << 40));
    SweepSummary summary = sweep.run(runs("a", "b"));
    assertThat(summary.completed()).isEqualTo(4);
    // Both runs of a seed are begun together.
    assertThat(Files.readAllLines(sweep.root.resolve("workers"))).hasSize(2);
  }

  @Test
  void workersThatCannotStartEndTheSweepWithTheirLastWords() {
    TestSweep sweep = new TestSweep(root).option("-Dtest.deadOnArrival=true");
    assertThatThrownBy(() -> sweep.run(runs("a")))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("No worker process can be started")
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("libtorch is missing");
    // Not the runs' fault: they are absent and not failed.
    assertThat(sweep.state(runs("a").get(0))).isEqualTo(RunState.ABSENT);
  }

  /** On a full disk it would stand in the way of all that is to be trained. */
  @Test
  void whatAKilledSweepLeftIsGoneBeforeAnythingIsTrained() throws Exception {
    TestSweep sweep = new TestSweep(root).option("-Dtest.deadOnArrival=true");
    Path run = sweep.folder().path(runs("a").get(0));
    Path half = run.resolveSibling(run.getFileName() + ".incomplete-0a1b2c3d");
    Files.createDirectories(half);
    Files.writeString(half.resolve("weights.npz"), "half of th");
    assertThatThrownBy(() -> sweep.run(runs("a"))).isInstanceOf(SweepException.class);
    assertThat(half).doesNotExist();
  }

  @Test
  void aWorkerThatCannotBeStartedLeavesItsRunsToTheOthers() throws Exception {
    TestSweep sweep = new TestSweep(root).jobs(2).option("-Dtest.onlyOne=true");
    // So long that the worker which could be started is still at work.
    SweepSummary summary = sweep.option("-Dtest.epochMillis=400").run(runs("a", "b"));
    assertThat(summary.completed()).isEqualTo(4);
    assertThat(sweep.heard.notices)
        .singleElement()
        .asString()
        .matches(
            "Worker [12] ends and the others go on: The worker process ended by itself with exit code"
                + " 1; its log ends: Could not reserve enough space for object heap");
    assertThat(Files.readAllLines(root.resolve("workers"))).hasSize(1);
  }

  @Test
  void anEngineThatCannotBeUnpackedEndsTheSweep() throws Exception {
    Path file = Files.writeString(root.resolve("cache"), "a file where a folder should be");
    Assumptions.assumeTrue(
        Stream.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "PYTORCH_LIBRARY_PATH")
            .allMatch(name -> System.getenv(name) == null),
        "the engine's place is given from outside");
    TestSweep sweep = new TestSweep(root);
    WorkerCommand real =
        new WorkerCommand(Worker.class.getName(), List.of("-DDJL_CACHE_DIR=" + file), 1L << 40);
    assertThatThrownBy(
            () ->
                new Sweep(
                        new SweepOptions(sweep.results(), null, 1, OnFailure.GO_ON),
                        workers -> real,
                        WritePoint.PASS)
                    .run(TestSweep.NAME, runs("a"), sweep.heard))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("No worker process can be started")
        .hasMessageContaining("PyTorch cannot be started. Its libraries are unpacked to " + file)
        .hasMessageContaining("DJL_CACHE_DIR names another folder (");
    assertThat(sweep.heard.starts).isEmpty();
    assertThat(sweep.state(runs("a").get(0))).isEqualTo(RunState.ABSENT);
  }

  @Test
  void aSweepOfNothingIsDone() throws Exception {
    assertThat(new TestSweep(root).run(List.of()).text()).isEqualTo("0 of 0 runs are complete.");
  }
}

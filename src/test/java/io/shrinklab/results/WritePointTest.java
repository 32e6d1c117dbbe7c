package io.shrinklab.results;

import static io.shrinklab.results.TestRuns.ENDED;
import static io.shrinklab.results.TestRuns.ENVIRONMENT;
import static io.shrinklab.results.TestRuns.STARTED;
import static io.shrinklab.results.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** Everything that is done to the results folder, stopped at each of its write points in turn. */
class WritePointTest {
  /** In memory where that can be had: thousands of flushes to a disk would take a minute. */
  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "shrinklab")
          : Files.createTempDirectory("shrinklab");
    }
  }

  @TempDir(factory = InMemory.class)
  Path root;

  private static final List<EpochMetrics> EPOCHS = List.of(TestRuns.epoch(1, 3, 0.5));

  private final RunSpec first = TestRuns.spec("decay", 0.02, 3);
  private final RunSpec second = TestRuns.spec("decay", 0.02, 4);

  /** What {@code kill -9} is to a process: nothing after it is done, no cleaning up either. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Stops at the n-th write point, from 1. */
  private static final class Fault implements WritePoint {
    private final int at;
    private final boolean kill;
    private int seen;

    Fault(int at, boolean kill) {
      this.at = at;
      this.kill = kill;
    }

    @Override
    public void before(Change change, Path path) throws IOException {
      if (++seen >= at) {
        // A full disk stays full; a killed process does nothing more, in no finally clause either.
        if (kill) {
          throw new Killed();
        }
        throw new IOException("No space left on device");
      }
    }
  }

  /** A sweep's life: a failed run done again, a damaged one done again, a new one, a report. */
  private void life(Path results, WritePoint point) throws ResultsException {
    try (SweepFolder folder = SweepFolder.lock(results, "demo", point)) {
      folder.clean();
      WorkerLog log = folder.workerLog(1);
      log.keep("a stray print");
      folder.write(
          new RunFailure(first, "out of memory", EPOCHS),
          ENVIRONMENT,
          STARTED,
          ENDED,
          log.fromHere());
      store(folder, first);
      store(folder, second);
      folder.copy(TestRuns.spec("again", 0.02, 4), folder.path(second));
      folder.publish("metrics.csv", text("epoch\n1\n"));
      folder.publish("charts/loss.png", text("epoch\n1\n2\n"));
      folder.publish("metrics.csv", text("epoch\n1\n2\n"));
      folder.clearLogs();
    }
  }

  private void store(SweepFolder folder, RunSpec spec) throws ResultsException {
    folder.write(TestRuns.outcome(spec, 0.5), ENVIRONMENT, STARTED, ENDED, text("log"));
  }

  private static Map<String, String> contents(Path results) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(results.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }

  private int stoppedAtEveryPoint(boolean kill) throws Exception {
    Path untouched = root.resolve("untouched");
    life(untouched, WritePoint.PASS);
    Map<String, String> expected = contents(untouched);
    List<RunSpec> runs = List.of(first, second, TestRuns.spec("again", 0.02, 4));

    int points = 0;
    for (boolean hit = true; hit; ) {
      int at = ++points;
      Path results = root.resolve("stopped-" + at);
      hit = false;
      try {
        life(results, new Fault(at, kill));
      } catch (Killed | ResultsException e) {
        hit = true;
        if (e instanceof ResultsException) {
          assertThat(e).hasMessageContaining("No space left on device");
        }
      }
      SweepFolder reader = SweepFolder.open(results, "demo");
      for (RunSpec run : runs) {
        RunState state = reader.read(run).state();
        assertThat(state)
            .as("%s at write point %s", run.label(), at)
            .isNotEqualTo(RunState.DAMAGED);
        assertThat(reader.read(run).record().isPresent())
            .isEqualTo(state == RunState.COMPLETE || state == RunState.FAILED);
      }
      Path report = results.resolve("demo/metrics.csv");
      if (Files.exists(report)) {
        assertThat(Files.readString(report)).isIn("epoch\n1\n", "epoch\n1\n2\n");
      }
      life(results, WritePoint.PASS);
      assertThat(contents(results)).as("after write point %s", at).isEqualTo(expected);
    }
    return points;
  }

  @Test
  void aProcessKilledAtAnyWritePointLeavesNothingThatIsReadAndTheNextOneFinishes()
      throws Exception {
    // Five files, each opened, written, synced, and the renames around them, for four runs.
    assertThat(stoppedAtEveryPoint(true)).isGreaterThan(80);
  }

  @Test
  void aDiskFullAtAnyWritePointLeavesNothingThatIsReadAndTheNextSweepFinishes() throws Exception {
    assertThat(stoppedAtEveryPoint(false)).isGreaterThan(80);
  }

  @Test
  void everyKindOfChangeIsAmongTheWritePoints() throws Exception {
    Set<WritePoint.Change> seen = EnumSet.noneOf(WritePoint.Change.class);
    life(root, (change, path) -> seen.add(change));
    assertThat(seen).containsExactly(WritePoint.Change.values());
  }

  @Test
  void everyFileIsOnTheDiskBeforeTheRenameThatCompletesTheRun() throws Exception {
    List<String> actions = new ArrayList<>();
    SweepFolder folder =
        SweepFolder.open(
            root, "demo", (change, path) -> actions.add(change + " " + path.getFileName()));
    store(folder, first);
    int rename = actions.indexOf("RENAME " + folder.path(first).getFileName());
    assertThat(rename).isPositive();
    for (String file : List.of("metrics.csv", "layers.csv", "weights.npz", "run.log", "run.json")) {
      assertThat(actions.subList(0, rename)).contains("SYNC " + file);
    }
    // The folder's own names before, the new name after.
    assertThat(actions.get(rename - 1)).startsWith("SYNC " + folder.path(first).getFileName());
    assertThat(actions.get(rename + 1)).isEqualTo("SYNC decay");
  }
}

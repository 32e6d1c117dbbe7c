package io.shrinklab.command;

import static io.shrinklab.command.CommandProcess.KILLED;
import static io.shrinklab.command.CommandProcess.end;
import static io.shrinklab.command.CommandProcess.workers;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} in a process of its own, ended by {@code kill -9} at random moments from its first
 * step to its report: the same command ends with the files of a sweep that nothing interrupted, and
 * keeps every run that was finished.
 */
class KilledSweepTest {
  /** Names of variants are what befalls their runs; one equals another, one fails for good. */
  private static final String EXPERIMENT =
      """
      {"data": {"kind": "digits"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3},
       "seeds": 4,
       "variants": [
         {"name": "none", "penalty": {"kind": "none"}},
         {"name": "decay", "penalty": {"kind": "weight-decay", "strength": 0.02}},
         {"name": "again", "penalty": {"kind": "weight-decay", "strength": 0.02}},
         {"name": "throws", "penalty": {"kind": "weight-decay", "strength": 0.5}}]}
      """;

  private static final int EPOCH_MILLIS = 30;

  /** Parents that must be killed before they end by themselves. */
  private static final int PARENTS = 4;

  private static final long SEED = 20240517;

  @TempDir Path root;

  /** Which process is killed: the parent, a worker or both. */
  private enum Victim {
    PARENT,
    WORKER,
    BOTH
  }

  /**
   * A kill, as it is told when a test fails.
   *
   * @param millisecond from the parent's start, or from the kill of its worker
   * @param again whether the next command waits for no worker
   */
  private record Kill(Victim victim, long millisecond, boolean again) {}

  private Process start(Class<?> main, List<String> before, Path file, Path results, int jobs)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(main.getName());
    command.addAll(before);
    command.addAll(List.of("run", file.toString(), "--results", results.toString()));
    command.addAll(List.of("--jobs", Integer.toString(jobs)));
    return CommandProcess.start(List.of(), "", command, said(results));
  }

  private static Path said(Path results) {
    return results.resolveSibling(results.getFileName() + ".txt");
  }

  private Process standIn(Path results) throws IOException {
    Path file = root.resolve("sweep.json");
    Files.writeString(file, EXPERIMENT);
    return start(
        StandInCommand.class,
        List.of(root.toString(), Integer.toString(EPOCH_MILLIS)),
        file,
        results,
        2);
  }

  /** Kills as asked; false for a parent that had ended before, or whose end this was not. */
  private static boolean kill(Process parent, Kill kill, Random random) throws Exception {
    if (parent.waitFor(kill.millisecond(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    List<ProcessHandle> workers = workers(parent);
    if (kill.victim() != Victim.PARENT && !workers.isEmpty()) {
      workers.get(random.nextInt(workers.size())).destroyForcibly();
    }
    if (kill.victim() == Victim.WORKER) {
      return false;
    }
    parent.destroyForcibly();
    boolean hit = end(parent) == KILLED;
    if (!kill.again()) {
      for (ProcessHandle worker : workers) {
        worker.onExit().get(20, TimeUnit.SECONDS);
      }
    }
    return hit;
  }

  @Test
  void killedAtManyRandomMomentsTheFilesAreThoseOfASweepThatWasNot() throws Exception {
    Path whole = root.resolve("whole");
    long start = System.nanoTime();
    assertThat(end(standIn(whole))).as(said(whole).toString()).isEqualTo(ExitCode.FAILED_RUNS);
    long length = Duration.ofNanos(System.nanoTime() - start).toMillis();
    Map<String, String> expected = StoredFiles.read(whole.resolve("sweep"));

    Random random = new Random(SEED);
    int hits = 0;
    int done = 0;
    int kept = 0;
    // Some must come late enough for a run to be finished.
    for (int sweeps = 0; hits < PARENTS || kept == 0; sweeps++) {
      assertThat(sweeps).as("sweeps for the kills to hit").isLessThan(10);
      Path results = root.resolve("killed-" + sweeps);
      List<Kill> kills = new ArrayList<>();
      List<FinishedRuns> finished = new ArrayList<>();
      Process parent = standIn(results);
      while (parent.isAlive() && (hits < PARENTS || kept == 0)) {
        // The next command comes at once half of the time, before the workers have ended.
        Kill kill =
            new Kill(
                Victim.values()[done % Victim.values().length],
                random.nextLong(length),
                random.nextBoolean());
        done++;
        kills.add(kill);
        if (kill(parent, kill, random)) {
          hits++;
          FinishedRuns runs = FinishedRuns.of(results.resolve("sweep"), root);
          finished.add(runs);
          kept += runs.count();
          parent = standIn(results);
        }
      }
      int code = end(parent);
      String history = "seed " + SEED + ", kills " + kills + "\n" + Files.readString(said(results));
      assertThat(code).as(history).isEqualTo(ExitCode.FAILED_RUNS);
      assertThat(StoredFiles.read(results.resolve("sweep"))).as(history).isEqualTo(expected);
      for (FinishedRuns runs : finished) {
        runs.assertKept(history);
      }
    }
  }

  @Test
  void killedWithTheRealEngineTheFilesAreThoseOfASweepThatWasNot() throws Exception {
    Path smoke = Path.of("experiments/smoke.json");
    Path whole = root.resolve("whole");
    assertThat(end(start(Main.class, List.of(), smoke, whole, 2))).isZero();

    Path killed = root.resolve("killed");
    Process first = start(Main.class, List.of(), smoke, killed, 2);
    Path sweep = killed.resolve("smoke");
    while (first.isAlive() && FinishedRuns.of(sweep, root).count() == 0) {
      first.waitFor(5, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> workers = workers(first);
    workers.forEach(ProcessHandle::destroyForcibly);
    first.destroyForcibly();
    assertThat(end(first)).isEqualTo(KILLED);
    FinishedRuns finished = FinishedRuns.of(sweep, root);
    assertThat(finished.count()).isBetween(1, 5);
    assertThat(sweep.resolve("metrics.csv")).doesNotExist();

    assertThat(end(start(Main.class, List.of(), smoke, killed, 2))).isZero();
    finished.assertKept("killed");
    assertThat(StoredFiles.read(sweep)).isEqualTo(StoredFiles.read(whole.resolve("smoke")));
  }
}

package io.shrinklab.command;

import static io.shrinklab.command.CommandProcess.KILLED;
import static io.shrinklab.command.CommandProcess.end;
import static io.shrinklab.command.CommandProcess.workers;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.Main;
import io.shrinklab.results.Tree;
import io.shrinklab.results.WritePoint;
import io.shrinklab.sweep.StandIns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Random small sweeps with the real engine, each once in peace and once under random faults until
 * it is done: the files must be the same. No part of {@code verify}; {@code mvn -Psoak test}, with
 * {@code soak.minutes}, and {@code soak.seed} to begin as another time.
 */
class Soak {
  /** Faults before a sweep is left in peace to be finished. */
  private static final int MOST_FAULTS = 5;

  private static final int JOBS = 2;

  @TempDir Path root;
  private final Map<Fault, Integer> tried = new EnumMap<>(Fault.class);
  private int kept;

  /** What befalls a sweep. */
  private enum Fault {
    PARENT_KILLED,
    WORKER_KILLED,
    BOTH_KILLED,
    TWO_AT_ONCE,
    DISK_FULL,
    FILE_TOO_LARGE,
    SMALL_HEAP
  }

  @Test
  void sweepsUnderFaultsEndWithTheFilesOfSweepsInPeace() throws Exception {
    long seed = Long.getLong("soak.seed", System.currentTimeMillis());
    SplittableRandom random = new SplittableRandom(seed);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Integer.getInteger("soak.minutes", 1));
    int sweeps = 0;
    while (System.nanoTime() < end) {
      Path folder = Files.createDirectory(root.resolve("sweep-" + sweeps));
      List<String> history = new ArrayList<>();
      try {
        one(folder, random, history);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "seed %d, sweep %d: %s\n%s\n%s"
                .formatted(
                    seed, sweeps, history, Files.readString(folder.resolve("soaked.json")), e),
            e);
      }
      remove(folder);
      sweeps++;
      System.out.printf(
          "seed %d: %d sweeps, %s, %d finished runs kept%n", seed, sweeps, tried, kept);
    }
  }

  private void one(Path folder, SplittableRandom random, List<String> history) throws Exception {
    Path file = Files.writeString(folder.resolve("soaked.json"), experiment(random));
    Path peace = folder.resolve("peace");
    long start = System.nanoTime();
    assertThat(end(start(file, peace, List.of(), ""))).as("in peace").isZero();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Path results = folder.resolve("faults");
    for (int faults = 1 + random.nextInt(MOST_FAULTS); faults > 0; faults--) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      history.add(fault.toString());
      tried.merge(fault, 1, Integer::sum);
      befall(fault, file, results, random.nextLong(millis), random);
      FinishedRuns finished = FinishedRuns.of(results.resolve("soaked"), folder);
      kept += finished.count();
      if (random.nextBoolean()) {
        history.add("again");
        code(start(file, results, List.of(), ""), results);
        finished.assertKept(history.toString());
      }
    }
    assertThat(code(start(file, results, List.of(), ""), results)).as("at last").isZero();
    assertThat(StoredFiles.read(results.resolve("soaked")))
        .isEqualTo(StoredFiles.read(peace.resolve("soaked")));
    Map<String, String> done = Tree.of(results.resolve("soaked/runs"));
    assertThat(code(start(file, results, List.of(), ""), results)).as("once more").isZero();
    assertThat(Tree.of(results.resolve("soaked/runs"))).isEqualTo(done);
  }

  private void befall(Fault fault, Path file, Path results, long millis, SplittableRandom random)
      throws Exception {
    switch (fault) {
      case PARENT_KILLED, WORKER_KILLED, BOTH_KILLED -> {
        Process parent = start(file, results, List.of(), "");
        if (parent.waitFor(millis, TimeUnit.MILLISECONDS)) {
          return;
        }
        List<ProcessHandle> workers = workers(parent);
        if (fault != Fault.PARENT_KILLED && !workers.isEmpty()) {
          workers.get(random.nextInt(workers.size())).destroyForcibly();
        }
        if (fault != Fault.WORKER_KILLED) {
          parent.destroyForcibly();
        }
        code(parent, results);
      }
      case TWO_AT_ONCE -> {
        Process first = start(file, results, List.of(), "");
        first.waitFor(random.nextInt(2000), TimeUnit.MILLISECONDS);
        Process second = start(file, results, List.of(), "");
        code(first, results);
        code(second, results);
      }
      case DISK_FULL -> diskFull(file, results, 1 + random.nextInt(80));
      case FILE_TOO_LARGE -> {
        // Blocks of 512 or 1,024 bytes, as the shell has it: a page is larger, metrics may be too.
        String limit = "ulimit -f " + (1 + random.nextInt(400)) + "; exec \"$0\" \"$@\"";
        code(start(file, results, List.of("sh", "-c", limit), ""), results);
      }
      case SMALL_HEAP ->
          code(start(file, results, List.of(), "-Xmx" + (16 + random.nextInt(64)) + "m"), results);
    }
  }

  /** The command in this process, on a disk without room from one of its changes on. */
  private static void diskFull(Path file, Path results, int from) {
    AtomicInteger changes = new AtomicInteger();
    WritePoint point =
        (change, path) -> {
          if (changes.incrementAndGet() >= from && change == WritePoint.Change.WRITE) {
            throw new IOException("No space left on device");
          }
        };
    CommandLine.IFactory commands =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == RunCommand.class
                ? type.cast(new RunCommand(options -> StandIns.real(options, point), point))
                : CommandLine.defaultFactory().create(type);
          }
        };
    StringWriter err = new StringWriter();
    int code =
        CommandLineInterface.execute(
            commands,
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(err, true),
            command(file, results).toArray(String[]::new));
    assertThat(code).as(err.toString()).isIn(ExitCode.DONE, ExitCode.WRONG);
    assertThat(err.toString()).doesNotContain("Internal error");
  }

  private static List<String> command(Path file, Path results) {
    return List.of(
        "run", file.toString(), "--results", results.toString(), "--jobs", Integer.toString(JOBS));
  }

  private static Process start(Path file, Path results, List<String> before, String options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Main.class.getName()));
    command.addAll(command(file, results));
    return CommandProcess.start(before, options, command, said(results));
  }

  private static Path said(Path results) {
    return results.resolveSibling(results.getFileName() + ".txt");
  }

  /** The exit code, one of those that there are; and nothing that is a mistake in the program. */
  private static int code(Process process, Path results) throws Exception {
    int code = end(process);
    String said = Files.readString(said(results));
    assertThat(code).as(said).isIn(ExitCode.DONE, ExitCode.WRONG, ExitCode.FAILED_RUNS, KILLED);
    assertThat(said).doesNotContain("Internal error").doesNotContain("\tat io.shrinklab");
    return code;
  }

  /** Small, of either split, with variants that are trained side by side and some that are not. */
  private static String experiment(SplittableRandom random) {
    String network =
        switch (random.nextInt(3)) {
          case 0 -> "\"linear\"";
          case 1 -> "\"mlp\", \"hidden\": [%d]".formatted(4 + random.nextInt(30));
          default -> "\"mlp\", \"hidden\": [12, 8], \"dropout\": 0.2, \"batchNorm\": true";
        };
    return String.format(
        Locale.ROOT,
        """
        {"data": {"kind": "digits", "train": %d, "validation": 100, "split": "%s"},
         "network": {"kind": %s},
         "optimizer": {"kind": "%s", "learningRate": 0.01},
         "training": {"epochs": %d, "batchSize": %d},
         "seeds": %d,
         "variants": [
           {"name": "none", "penalty": {"kind": "none"}},
           {"name": "slower", "penalty": {"kind": "none"}, "optimizer": {"learningRate": 0.001}},
           {"penalty": {"kind": "lp", "p": 2}, "grid": {"penalty.lambda": [1e-4, 1e-2]}},
           {"penalty": {"kind": "lp", "p": 1, "lambda": 1e-3, "method": "proximal"}},
           {"name": "larger", "penalty": {"kind": "none"}, "training": {"batchSize": 50}}]}
        """,
        40 + random.nextInt(200),
        random.nextBoolean() ? "per-seed" : "fixed",
        network,
        random.nextBoolean() ? "sgd" : "adam",
        2 + random.nextInt(20),
        8 + random.nextInt(40),
        2 + random.nextInt(3));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

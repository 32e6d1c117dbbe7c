package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.RunSpec;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run}, ended at each change that it makes to the results folder, in the parent and in a
 * living worker; and again to the end. How many changes there are is counted, not assumed.
 */
class KilledAtWritePointTest {
  private static final String HEAD =
      """
      {"data": {"kind": "digits"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3}, "seeds": 1,
       "variants": [{"name": "none", "penalty": {"kind": "none"}}""";

  @TempDir Path root;
  private final PrintStream standardError = System.err;

  /** Hundreds of sweeps tell of their progress here. */
  @BeforeEach
  void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void speak() {
    System.setErr(standardError);
  }

  /**
   * What {@code kill -9} is to a process: nothing after it is done, in no finally clause either.
   */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the process at the n-th change, from 1; hears of all changes until then. */
  private static final class End implements WritePoint {
    private final int at;
    private final List<String> heard = new ArrayList<>();

    End(int at) {
      this.at = at;
    }

    @Override
    public synchronized void before(Change change, Path path) {
      heard.add(change + " " + path.getFileName());
      if (heard.size() >= at) {
        throw new Killed();
      }
    }
  }

  private Path experiment(String variants) throws IOException {
    Path file = root.resolve("sweep.json");
    Files.writeString(file, HEAD + variants + "]}");
    return file;
  }

  private static String variant(String name, double strength) {
    return String.format(
        Locale.ROOT,
        ",\n{\"name\": \"%s\", \"penalty\": {\"kind\": \"weight-decay\", \"strength\": %s}}",
        name,
        strength);
  }

  private int run(Path file, Path results, int jobs, WritePoint point, String... javaOptions) {
    StringWriter err = new StringWriter();
    int code =
        CommandLineInterface.execute(
            StandInCommand.commands(root, point, javaOptions),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(err, true),
            "run",
            file.toString(),
            "--results",
            results.toString(),
            "--jobs",
            Integer.toString(jobs));
    assertThat(err.toString()).isEmpty();
    return code;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static List<Path> leftovers(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files
          .filter(file -> file.toString().matches(".*(incomplete|replaced|logs).*"))
          .toList();
    }
  }

  /** Changes that storing a run makes where it failed before. */
  private int changesOfARun() throws Exception {
    RunSpec spec = TestRuns.spec("a", 1, 0);
    AtomicInteger changes = new AtomicInteger();
    SweepFolder.open(root.resolve("count"), "count")
        .writeFailed(
            spec,
            "why",
            List.of(),
            TestRuns.ENVIRONMENT,
            TestRuns.STARTED,
            TestRuns.ENDED,
            TestRuns.text("log"));
    SweepFolder.open(root.resolve("count"), "count", (change, path) -> changes.incrementAndGet())
        .write(
            TestRuns.outcome(spec, 1),
            TestRuns.ENVIRONMENT,
            TestRuns.STARTED,
            TestRuns.ENDED,
            TestRuns.text("log"));
    return changes.get();
  }

  @Test
  void aWorkerKilledAtEachChangeThatARunMakesCostsNothing() throws Exception {
    int changes = changesOfARun();
    StringBuilder variants = new StringBuilder();
    for (int at = 1; at <= changes; at++) {
      // Twice, so that the retry dies too, would take long for each.
      int times = at % 4 == 0 ? 2 : 1;
      variants.append(variant("dies-" + at + "-" + times, at / 100.0));
    }
    Path file = experiment(variants.toString());
    Path whole = root.resolve("whole");
    assertThat(run(file, whole, 2, WritePoint.PASS, "-Dtest.immortal=true")).isZero();

    Path killed = root.resolve("killed");
    assertThat(run(file, killed, 2, WritePoint.PASS, "-Dtest.allThrow=true"))
        .isEqualTo(ExitCode.FAILED_RUNS);
    run(file, killed, 3, WritePoint.PASS);
    assertThat(leftovers(killed)).isEmpty();
    assertThat(run(file, killed, 1, WritePoint.PASS)).isZero();

    assertThat(Tables.read(killed.resolve("sweep"))).isEqualTo(Tables.read(whole.resolve("sweep")));
    try (Stream<Path> memories = Files.list(root)) {
      assertThat(memories.filter(memory -> memory.toString().matches(".*dies-\\d+-\\d-1-.*")))
          .as("workers that died at their change")
          .hasSize(changes);
    }
  }

  @Test
  void theParentKilledAtEachChangeOfASweepIsFollowedByTheSameTables() throws Exception {
    Path before = root.resolve("before");
    assertThat(run(experiment(""), before, 1, WritePoint.PASS)).isZero();

    // A failure to be stored; then a run to be copied from another.
    sweepKilledAtEachChange(before, variant("throws", 0.5), ExitCode.FAILED_RUNS);
    sweepKilledAtEachChange(
        before, ",{\"name\": \"again\", \"penalty\": {\"kind\": \"none\"}}", ExitCode.DONE);
  }

  private void sweepKilledAtEachChange(Path before, String variants, int code) throws Exception {
    Path file = experiment(variants);
    Path whole = root.resolve("whole-" + code);
    copy(before, whole);
    End none = new End(Integer.MAX_VALUE);
    assertThat(run(file, whole, 1, none)).isEqualTo(code);
    int unlocked = none.heard.lastIndexOf("DELETE .lock") + 1;
    assertThat(unlocked).isGreaterThan(25);
    killedAtEach(file, none.heard.subList(0, unlocked), before, whole, code);
  }

  @Test
  void theParentKilledAtEachChangeOfAReportIsFollowedByTheSameTables() throws Exception {
    Path file = experiment(variant("decay", 0.5));
    Path whole = root.resolve("whole");
    assertThat(run(file, whole, 1, WritePoint.PASS)).isZero();
    End none = new End(Integer.MAX_VALUE);
    assertThat(run(file, whole, 1, none)).isZero();
    assertThat(none.heard).contains("RENAME metrics.csv", "RENAME report.html");
    killedAtEach(file, none.heard, whole, whole, ExitCode.DONE);
  }

  private void killedAtEach(Path file, List<String> heard, Path before, Path whole, int code)
      throws Exception {
    Map<String, String> expected = Tables.read(whole.resolve("sweep"));
    IntStream.rangeClosed(1, heard.size())
        .filter(at -> !amongWrites(heard, at - 1))
        .parallel()
        .forEach(at -> killed(file, at, before, expected, code));
  }

  /** Of the many writes of a large file the first and the last will do. */
  private static boolean amongWrites(List<String> heard, int index) {
    String change = heard.get(index);
    return change.startsWith("WRITE ")
        && change.equals(heard.get(index - 1))
        && change.equals(heard.get(index + 1));
  }

  /** Kills at that change, from a copy of a folder, and runs again. */
  private void killed(Path file, int at, Path before, Map<String, String> expected, int code) {
    Path results = root.resolve("killed-" + code + "-" + at);
    End end = new End(at);
    try {
      copy(before, results);
      boolean died = false;
      try {
        run(file, results, 1, end);
      } catch (Killed e) {
        died = true;
      }
      String where = "killed at change " + at + ", " + end.heard.get(end.heard.size() - 1);
      assertThat(died).as(where).isTrue();
      assertThat(run(file, results, 1, WritePoint.PASS)).as(where).isEqualTo(code);
      assertThat(Tables.read(results.resolve("sweep"))).as(where).isEqualTo(expected);
      assertThat(leftovers(results)).as(where).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunFailure;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.results.WritePoint.Change;
import io.shrinklab.spec.RunSpec;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run}, ended at changes of every kind that it makes to the results folder, in the parent
 * and in a living worker; and again to the end. Which changes there are is heard, not assumed. That
 * the room {@code results} stands a kill at each single change is {@code WritePointTest}'s.
 */
class KilledAtWritePointTest {
  private static final String HEAD =
      """
      {"data": {"kind": "digits"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3}, "seeds": 1,
       "variants": [{"name": "none", "penalty": {"kind": "none"}}""";

  @TempDir Path root;
  private final PrintStream standardError = System.err;
  private final AtomicInteger copies = new AtomicInteger();

  /** Dozens of sweeps tell of their progress here. */
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

  /**
   * A change that is made.
   *
   * @param file its name without what differs between two commands
   * @param number which of the equal ones in one command, from 1
   */
  private record Moment(WritePoint.Change change, String file, int number) {
    boolean isOf(String name) {
      return file.equals(name);
    }
  }

  /** Hears of all changes, and ends the process before one of them. */
  private static final class Life implements WritePoint {
    private final @Nullable Moment end;
    private final List<Moment> heard = new ArrayList<>();

    Life(@Nullable Moment end) {
      this.end = end;
    }

    @Override
    public synchronized void before(Change change, Path path) {
      String file = path.getFileName().toString().replaceAll("\\.(incomplete|replaced)-.*", ".$1");
      long equal = heard.stream().filter(m -> m.change() == change && m.isOf(file)).count();
      Moment moment = new Moment(change, file, Math.toIntExact(equal) + 1);
      heard.add(moment);
      // Nothing is done after the end: other threads end at their next change.
      if (end != null && heard.contains(end)) {
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

  /** Changes that storing a run makes where it failed before, and where there is nothing of it. */
  private List<Change> changesOfARun(boolean failedBefore) throws Exception {
    RunSpec spec = TestRuns.spec("a", 1, 0);
    Path results = root.resolve("count-" + failedBefore);
    List<Change> changes = new ArrayList<>();
    // Of another seed, so that the variant's folder is there.
    SweepFolder.open(results, "count")
        .write(
            new RunFailure(failedBefore ? spec : TestRuns.spec("a", 1, 1), "why", List.of()),
            TestRuns.ENVIRONMENT,
            TestRuns.STARTED,
            TestRuns.ENDED,
            TestRuns.text("log"));
    TestRuns.store(SweepFolder.open(results, "count", (change, path) -> changes.add(change)), spec);
    return changes;
  }

  @Test
  void aWorkerKilledAtChangesOfEveryKindThatARunMakesCostsNothing() throws Exception {
    List<Change> changes = changesOfARun(true);
    Set<Integer> deaths = new TreeSet<>();
    for (Change kind : Change.values()) {
      assertThat(changes).contains(kind);
      deaths.add(changes.indexOf(kind) + 1);
    }
    // Just before the run is complete, and just after.
    int completes = changes.lastIndexOf(Change.RENAME) + 1;
    deaths.add(completes);
    deaths.add(completes + 1);
    // The first try has put the failed run's folder aside.
    int completesInRetry = changesOfARun(false).lastIndexOf(Change.RENAME) + 1;
    StringBuilder variants = new StringBuilder();
    for (int at : deaths) {
      // Twice, so that the retry dies too, would take long for each.
      int retry = at == completes ? completesInRetry : 0;
      variants.append(variant("dies-" + at + "-" + retry, at / 100.0));
    }
    Path file = experiment(variants.toString());
    Path whole = root.resolve("whole");
    assertThat(run(file, whole, 2, WritePoint.PASS, "-Dtest.immortal=true")).isZero();

    Path killed = root.resolve("killed");
    assertThat(run(file, killed, 2, WritePoint.PASS, "-Dtest.allThrow=true"))
        .isEqualTo(ExitCode.FAILED_RUNS);
    assertThat(run(file, killed, 3, WritePoint.PASS)).isEqualTo(ExitCode.FAILED_RUNS);
    assertThat(StoredFiles.leftovers(killed.resolve("sweep"))).isEmpty();
    FinishedRuns finished = FinishedRuns.of(killed.resolve("sweep"), root);
    // All that died once, and the one that does not die.
    assertThat(finished.count()).isEqualTo(deaths.size());
    assertThat(run(file, killed, 1, WritePoint.PASS)).isZero();

    assertThat(StoredFiles.read(killed.resolve("sweep")))
        .isEqualTo(StoredFiles.read(whole.resolve("sweep")));
    finished.assertKept("killed workers");
    List<Change> died = new ArrayList<>(deaths.stream().map(at -> changes.get(at - 1)).toList());
    died.add(Change.RENAME);
    assertThat(deathsRemembered()).containsExactlyInAnyOrderElementsOf(died);
  }

  /** The changes before which workers died, as these remember it. */
  private List<Change> deathsRemembered() throws IOException {
    try (Stream<Path> memories = Files.list(root)) {
      return memories
          .map(memory -> memory.getFileName().toString())
          .filter(name -> name.startsWith("dies-"))
          .map(name -> Change.valueOf(name.replaceAll("dies-\\d+-\\d+-|-\\d+$", "")))
          .toList();
    }
  }

  @Test
  void theParentKilledWhileItStoresAFailureIsFollowedByTheSameFiles() throws Exception {
    // Each life starts a worker, and run.json is written as every file is.
    Set<String> others = Set.of("metrics.csv", "layers.csv", "run.log");
    sweepKilled(variant("throws", 0.5), ExitCode.FAILED_RUNS, m -> !others.contains(m.file()));
  }

  @Test
  void theParentKilledAtEachChangeOfACopyIsFollowedByTheSameFiles() throws Exception {
    String twin = ",{\"name\": \"again\", \"penalty\": {\"kind\": \"none\"}}";
    sweepKilled(twin, ExitCode.DONE, m -> true);
  }

  private void sweepKilled(String variants, int code, Predicate<Moment> choice) throws Exception {
    Path before = root.resolve("before");
    assertThat(run(experiment(""), before, 1, WritePoint.PASS)).isZero();
    Path file = experiment(variants);
    Path whole = root.resolve("whole");
    copy(before, whole);
    Life life = new Life(null);
    assertThat(run(file, whole, 1, life)).isEqualTo(code);
    int unlock = life.heard.indexOf(new Moment(Change.DELETE, ".lock", 2));
    assertThat(unlock).isGreaterThan(25);
    List<Moment> moments = life.heard.subList(0, unlock + 1).stream().filter(choice).toList();
    assertThat(moments.stream().map(Moment::change)).contains(Change.values());
    killedAtEach(new Sweep(file, before, StoredFiles.read(whole.resolve("sweep")), code), moments);
  }

  @Test
  void theParentKilledAtChangesOfEveryFileOfAReportIsFollowedByTheSameFiles() throws Exception {
    Path file = experiment(variant("decay", 0.5));
    Path whole = root.resolve("whole");
    assertThat(run(file, whole, 1, WritePoint.PASS)).isZero();
    // Else the report would stay as it is.
    Files.delete(whole.resolve("sweep").resolve(".report"));
    Life life = new Life(null);
    assertThat(run(file, whole, 1, life)).isZero();
    assertThat(life.heard)
        .contains(
            new Moment(Change.RENAME, "metrics.csv", 1),
            new Moment(Change.RENAME, "report.html", 1));
    // All files are published alike: each is missed once, and one is killed at each change.
    List<Moment> moments =
        life.heard.stream()
            .filter(m -> m.change() == Change.RENAME || m.isOf("runs.csv.incomplete"))
            .filter(m -> m.number() <= 2)
            .toList();
    assertThat(moments.stream().map(Moment::change))
        .contains(Change.OPEN, Change.WRITE, Change.SYNC, Change.RENAME);
    killedAtEach(
        new Sweep(file, whole, StoredFiles.read(whole.resolve("sweep")), ExitCode.DONE), moments);
  }

  /**
   * A sweep to be killed.
   *
   * @param before a results folder to begin with
   * @param files that it must end with
   * @param code its exit code
   */
  private record Sweep(Path file, Path before, Map<String, String> files, int code) {}

  /** Half of the moments on each core. */
  private void killedAtEach(Sweep sweep, List<Moment> moments) {
    int half = moments.size() / 2;
    Stream.of(moments.subList(0, half), moments.subList(half, moments.size()))
        .parallel()
        .forEach(part -> killedOneAfterAnother(sweep, part));
  }

  /**
   * One folder is killed at one moment after another; when that has brought the sweep too far for
   * the next moment to come, it must be right, and another folder is begun.
   */
  private void killedOneAfterAnother(Sweep sweep, List<Moment> moments) {
    try {
      KilledFolder folder = new KilledFolder(sweep);
      for (Moment moment : moments) {
        if (!folder.killed(moment)) {
          folder.assertRight();
          folder = new KilledFolder(sweep);
          assertThat(folder.killed(moment)).as("killed before %s", moment).isTrue();
        }
      }
      folder.assertRight();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A results folder, the kills that it has seen, and what was finished after each. */
  private final class KilledFolder {
    private final Sweep sweep;
    private final Path results = root.resolve("killed-" + copies.incrementAndGet());
    private final List<Moment> kills = new ArrayList<>();
    private final List<FinishedRuns> finished = new ArrayList<>();

    KilledFolder(Sweep sweep) throws IOException {
      this.sweep = sweep;
      copy(sweep.before(), results);
      remember();
    }

    private void remember() throws IOException {
      finished.add(FinishedRuns.of(results.resolve("sweep"), root));
    }

    /** Runs until that moment; whether it came. */
    boolean killed(Moment moment) throws IOException {
      try {
        run(sweep.file(), results, 1, new Life(moment));
        return false;
      } catch (Killed e) {
        kills.add(moment);
        remember();
        return true;
      }
    }

    void assertRight() throws IOException {
      String where = "killed before " + kills;
      assertThat(run(sweep.file(), results, 1, WritePoint.PASS)).as(where).isEqualTo(sweep.code());
      assertThat(StoredFiles.read(results.resolve("sweep"))).as(where).isEqualTo(sweep.files());
      for (FinishedRuns runs : finished) {
        assertThat(runs.count()).isPositive();
        runs.assertKept(where);
      }
    }
  }
}

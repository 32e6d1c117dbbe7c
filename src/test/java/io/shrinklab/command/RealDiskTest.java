package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.command.PrivateDisk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run} with its results on a file system that is full or may not be written, by the system's
 * own word: it stops and says so, and once the fault is gone the same command ends with the tables
 * of a sweep that had none.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a file system as Linux lets any user do")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RealDiskTest {
  private static final String EXPERIMENT =
      """
      {"data": {"kind": "digits"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3},
       "seeds": 3,
       "variants": [
         {"name": "none", "penalty": {"kind": "none"}},
         {"name": "decay", "penalty": {"kind": "weight-decay", "strength": 0.02}}]}
      """;

  /** Kibibytes that are more than enough. */
  private static final int ROOM = 16_384;

  @TempDir static Path root;
  private static PrivateDisk disk;
  private static Path file;

  /** A sweep without any fault, and its tables. */
  private static Path whole;

  private static Map<String, String> expected;

  /** How far a sweep gets on a disk without more room. */
  private enum Moment {
    START,
    RUNS,
    CHARTS,
    PAGE
  }

  @BeforeAll
  static void undisturbed() throws IOException {
    disk = PrivateDisk.mount(root);
    file = root.resolve("sweep.json");
    Files.writeString(file, EXPERIMENT);
    whole = disk.path().resolve("whole");
    Said said = sweep(whole);
    assertThat(said.code()).as(said.text()).isZero();
    expected = tables(whole);
  }

  @BeforeEach
  void makeRoom() throws IOException {
    disk.resize(ROOM);
  }

  @AfterAll
  static void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  private static Said sweep(Path results, String... before) throws IOException {
    return command("run", results, List.of("--jobs", "1"), before);
  }

  private static Said command(String name, Path results, List<String> more, String... before)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(StandInCommand.class.getName(), root.toString(), "0", name));
    command.addAll(List.of(file.toString(), "--results", results.toString()));
    command.addAll(more);
    return disk.run(command.toArray(String[]::new));
  }

  /** The tables; this process does not see the disk itself. */
  private static Map<String, String> tables(Path results) throws IOException {
    Path seen = Files.createTempDirectory(root, "seen");
    for (String name : Tables.NAMES) {
      disk.require("cp", results.resolve("sweep").resolve(name).toString(), seen.toString());
    }
    return Tables.read(seen);
  }

  private static void assertStopped(Said said, Path results, String reason) {
    assertThat(said.code()).as(said.text()).isEqualTo(ExitCode.WRONG);
    assertThat(said.text())
        .contains("Cannot write the results folder " + results.resolve("sweep") + ": ")
        .contains(reason + ". Whatever is complete stays; make room or make it writable")
        .doesNotContain("FAILED")
        .doesNotContain("Exception");
  }

  private static void assertFinishes(Path results) throws IOException {
    Said said = sweep(results);
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("6 of 6 runs are complete.").doesNotContain("damaged");
    assertThat(tables(results)).isEqualTo(expected);
    assertThat(disk.require("find", results.toString(), "-name", "*.incomplete-*")).isEmpty();
  }

  /** Kibibytes that a sweep takes until then. */
  private static long needed(Moment moment) throws IOException {
    Path sweep = whole.resolve("sweep");
    long all = disk.size(sweep);
    long page = disk.size(sweep.resolve("report.html"));
    return switch (moment) {
      case START -> 0;
      case RUNS -> disk.size(sweep.resolve("runs")) / 2;
      case CHARTS -> all - page - disk.size(sweep.resolve("charts")) / 2;
      case PAGE -> all - page / 2;
    };
  }

  @Test
  void aDiskThatIsReallyFullStopsTheSweepAtAnyMomentAndTheLastCommandFinishes() throws Exception {
    long taken = disk.size(disk.path());
    Path results = disk.path().resolve("full");
    for (Moment moment : Moment.values()) {
      disk.resize(taken + needed(moment));
      Said said = sweep(results);
      assertStopped(said, results, "No space left on device");
      assertThat(said.text()).as("at %s", moment).doesNotContain("damaged");
      if (moment == Moment.CHARTS) {
        // So the disk was full in the midst of the runs before.
        assertThat(said.text()).containsPattern("6 runs, [1-5] complete from before");
      }
      assertThat(said.text().contains("6 of 6 runs are complete."))
          .as("at %s, all runs", moment)
          .isEqualTo(moment == Moment.CHARTS || moment == Moment.PAGE);
      Path page = results.resolve("sweep/report.html");
      assertThat(disk.run("ls", page.toString()).code()).isNotZero();
    }
    disk.resize(ROOM);
    assertFinishes(results);
  }

  @Test
  void aFolderWithoutThePermissionToWriteStopsTheSweepAndTheNextOneFinishes() throws Exception {
    Assumptions.assumeTrue(disk.run("setpriv", "--version").code() == 0, "setpriv is not there");
    // So that permissions hold for the superuser, too.
    String[] bound = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};
    Path results = disk.path().resolve("denied");
    Path runs = results.resolve("sweep/runs");
    disk.require("mkdir", results.toString());
    disk.require("chmod", "a-w", results.toString());
    assertStopped(sweep(results, bound), results, results.resolve("sweep") + ": permission denied");
    assertThat(disk.require("ls", "-A", results.toString())).isEmpty();

    // The sweep's own folder may be written, and a worker finds what may not.
    disk.require("chmod", "u+w", results.toString());
    disk.require("mkdir", "-p", runs.toString());
    disk.require("chmod", "a-w", runs.toString());
    assertStopped(sweep(results, bound), results, runs.resolve("none") + ": permission denied");
    assertThat(disk.require("ls", "-A", runs.toString())).isEmpty();

    disk.require("chmod", "u+w", runs.toString());
    assertFinishes(results);
  }

  @Test
  void runsWithoutThePermissionToReadAreNotTakenForNone() throws Exception {
    Assumptions.assumeTrue(disk.run("setpriv", "--version").code() == 0, "setpriv is not there");
    String[] bound = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};
    Path results = disk.path().resolve("unreadable");
    Path runs = results.resolve("sweep/runs");
    disk.require("cp", "-r", whole.toString(), results.toString());
    for (String closed : List.of("a-r", "a-x", "a-rwx")) {
      disk.require("chmod", closed, runs.toString());
      for (String name : List.of("plan", "report", "run")) {
        Said said = command(name, results, List.of(), bound);
        assertThat(said.code()).as(said.text()).isEqualTo(ExitCode.WRONG);
        assertThat(said.text())
            .contains("Cannot read the results folder " + results.resolve("sweep") + ": " + runs)
            .contains("permission denied");
      }
      disk.require("chmod", "u+rwx", runs.toString());
    }
    // One variant alone: the report is of the other, and says so first.
    disk.require("chmod", "a-rwx", runs.resolve("decay").toString());
    Said report = command("report", results, List.of(), bound);
    assertThat(report.code()).as(report.text()).isZero();
    assertThat(report.text())
        .containsPattern("\nunreadable: " + runs.resolve("decay") + ".*: permission denied\n")
        .contains("3 of 6 runs are stored but left out of this answer, 3 unreadable: decay (3).");
    Said run = sweep(results, bound);
    assertThat(run.code()).as(run.text()).isEqualTo(ExitCode.WRONG);
    assertThat(run.text()).contains("permission denied").doesNotContain("FAILED");
    disk.require("chmod", "u+rwx", runs.resolve("decay").toString());
    assertFinishes(results);
  }

  @Test
  void aFileSystemThatIsReadOnlyStopsTheSweepAndTheNextOneFinishes() throws Exception {
    Path results = disk.path().resolve("read-only");
    disk.require("cp", "-r", whole.toString(), results.toString());
    disk.require("rm", "-r", results.resolve("sweep/runs/decay").toString());
    disk.makeReadOnly();
    Said said = sweep(results);
    disk.resize(ROOM);
    assertStopped(said, results, "Read-only file system");
    assertThat(tables(results)).isEqualTo(expected);
    assertFinishes(results);
  }
}

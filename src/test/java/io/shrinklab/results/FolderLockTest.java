package io.shrinklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderLockTest {
  @TempDir Path results;

  /** Holds a sweep's folder until its standard input ends. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      try (SweepFolder folder = SweepFolder.lock(Path.of(args[0]), "demo")) {
        System.out.println("locked " + folder.path());
        while (System.in.read() >= 0) {
          // Waits for the end.
        }
      }
    }
  }

  private Process holder() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                results.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).startsWith("locked");
    return process;
  }

  @Test
  void aSecondProcessIsToldWhoHoldsTheFolder() throws Exception {
    Process process = holder();
    try {
      assertThatThrownBy(() -> SweepFolder.lock(results, "demo"))
          .isInstanceOf(ResultsException.class)
          .hasMessageContaining("in use by process " + process.pid() + " on ")
          .hasMessageContaining("started 2")
          .hasMessageContaining("--results");
      // Another sweep under the same root is nobody's.
      SweepFolder.lock(results, "other").close();
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theLockOfAKilledProcessIsTakenOver() throws Exception {
    Process process = holder();
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

    try (SweepFolder folder = SweepFolder.lock(results, "demo")) {
      assertThat(folder.takenOverFrom().orElseThrow()).startsWith("process " + process.pid());
    }
    // Given back in good order, there is nothing to take over.
    try (SweepFolder folder = SweepFolder.lock(results, "demo")) {
      assertThat(folder.takenOverFrom()).isEmpty();
    }
  }

  @Test
  void aSecondLockInTheSameProcessIsRefusedAndDoesNotLoseTheFirst() throws Exception {
    try (SweepFolder folder = SweepFolder.lock(results, "demo")) {
      assertThatThrownBy(() -> SweepFolder.lock(results, "demo"))
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName(),
                  results.toString())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(folder.path()).isDirectory();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsAMessageAndNotATrace() throws Exception {
    Path file = Files.writeString(results.resolve("taken"), "a file where a folder should be");
    assertThatThrownBy(() -> SweepFolder.lock(file, "demo"))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("Cannot write the results folder " + file.resolve("demo"))
        .hasMessageContaining("--results");
    Path readOnly = Files.createDirectory(results.resolve("read-only"));
    Assumptions.assumeTrue(readOnly.toFile().setWritable(false), "no such permission here");
    Assumptions.assumeFalse(Files.isWritable(readOnly), "the superuser may write anywhere");
    assertThatThrownBy(() -> SweepFolder.lock(readOnly, "demo"))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("read-only");
  }

  /** A lock is opened and emptied, so what is not one of ours must not be taken for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a secret",
        "process 12",
        "process 1 on host, started 2024-05-06T07:08:09Z\nand more",
        "process 1 on ho\u001bst, started 2024-05-06T07:08:09Z\n",
        "process 1 on ho\u202est, started 2024-05-06T07:08:09Z\n",
        "\u0000"
      })
  void aFileThatIsNoLockIsRefusedAndLeftAsItIs(String content) throws Exception {
    Path lock = Files.createDirectory(results.resolve("demo")).resolve(".lock");
    Files.writeString(lock, content);
    assertForeign(lock, content);
    Files.writeString(lock, content.repeat(2000));
    assertForeign(lock, content);
  }

  private void assertForeign(Path lock, String content) throws Exception {
    Map<String, String> before = Tree.of(results);
    assertThatThrownBy(() -> SweepFolder.lock(results, "demo"))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(lock.toRealPath(LinkOption.NOFOLLOW_LINKS).toString())
        .hasMessageNotContaining(content);
    assertThatThrownBy(() -> SweepFolder.share(results, "demo", WritePoint.PASS))
        .isInstanceOf(ResultsException.class)
        .hasMessageNotContaining(content);
    assertThat(Tree.of(results)).isEqualTo(before);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void aLockThatIsALinkIsNotFollowedWhereverItLeads() throws Exception {
    Path lock = Files.createDirectory(results.resolve("demo")).resolve(".lock");
    for (String content :
        List.of("a secret", "", "process 1 on host, started 2024-05-06T07:08:09Z\n")) {
      Path target = Files.writeString(results.resolve("target.txt"), content);
      Files.createSymbolicLink(lock, target);
      assertForeign(lock, "secret");
      Files.delete(lock);
      Files.createLink(lock, target);
      assertForeign(lock, "secret");
      Files.delete(lock);
    }
    Files.createSymbolicLink(lock, results.resolve("nowhere"));
    assertForeign(lock, "secret");
    assertThat(results.resolve("nowhere")).doesNotExist();
    Files.delete(lock);
    Files.createDirectory(lock);
    assertForeign(lock, "secret");
    Files.delete(lock);
    Process made = new ProcessBuilder("mkfifo", lock.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertForeign(lock, "secret");
  }
}

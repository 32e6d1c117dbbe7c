package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.shrinklab.results.RunState;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a sweep is interrupted, the same command brings it to the same files. */
class ResumeTest {
  @TempDir Path root;

  private Process parent(Path at, int seeds, int epochMillis) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SweepProcess.class.getName(),
            at.toString(),
            Integer.toString(seeds),
            Integer.toString(epochMillis))
        .redirectErrorStream(true)
        .start();
  }

  /** A shell starts background jobs deaf to interrupts, and all their children after them. */
  private static boolean interruptsAreIgnored() throws IOException {
    return isIgnored(2);
  }

  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(ignored -> (ignored >> (signal - 1) & 1) != 0);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void anInterruptStopsWithinSecondsSaysWhatIsDoneAndLeavesNoProcess() throws Exception {
    Process process = parent(root, 2, 200);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("end")) {
      line = out.readLine();
    }
    List<ProcessHandle> workers = process.children().toList();
    assertThat(workers).isNotEmpty();
    String signal = interruptsAreIgnored() ? "TERM" : "INT";
    long start = System.nanoTime();
    // As the terminal does: the interrupt goes to all processes of the group.
    for (ProcessHandle worker : workers) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid())).start().waitFor();
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    List<String> rest = out.lines().toList();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
    Optional<String> said = rest.stream().filter(text -> text.startsWith("interrupted")).findAny();
    assertThat(said.orElse("nothing of it in " + rest))
        .matches(
            "interrupted [123] of 4 runs are complete; stopped from outside. "
                + "The same command goes on from here.");
    assertThat(rest).noneMatch(text -> text.contains("FAILED") || text.startsWith("summary"));
    assertThat(workers).noneMatch(ProcessHandle::isAlive);

    TestSweep again = new TestSweep(root);
    assertThat(again.run(SweepProcess.runs(2)).missing()).isZero();
    assertThat(again.heard.plans.get(0).kept()).isPositive();
    // The lock was given back: no talk of a process that died.
    assertThat(again.heard.notices).isEmpty();
  }

  /** As init and batch systems end a process, and as a terminal that is closed does. */
  @ParameterizedTest
  @CsvSource({"TERM, 15", "HUP, 1"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void theOtherSignalsThatEndAProcessDoTheSame(String signal, int number) throws Exception {
    assumeFalse(isIgnored(number), signal + " is ignored here, by nohup say: it is not tried");
    Process process = parent(root, 2, 200);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null && !line.startsWith("end"); ) {
      line = out.readLine();
    }
    List<ProcessHandle> workers = process.children().toList();
    assertThat(workers).isNotEmpty();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    List<String> rest = out.lines().toList();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + number);
    assertThat(rest)
        .noneMatch(text -> text.contains("FAILED"))
        .anyMatch(
            text -> text.endsWith("stopped from outside. The same command goes on from here."));
    assertThat(workers).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theCopiesOfASweepStoppedAtAnyWritePointAreFinishedByTheNext() throws Exception {
    List<RunSpec> runs = SweepProcess.runs(1);
    TestSweep source = new TestSweep(root);
    new Sweep(
            new SweepOptions(source.results(), null, 1, OnFailure.GO_ON),
            workers -> source.command(),
            WritePoint.PASS)
        .run("source", runs, SweepListener.SILENT);
    for (int at : new int[] {1, 2, 10, 20, 30, 40}) {
      int[] seen = new int[1];
      TestSweep stopped =
          new TestSweep(root)
              .point(
                  (action, path) -> {
                    if (++seen[0] == at) {
                      throw new IllegalStateException("stopped");
                    }
                  });
      try {
        stopped.run(runs);
        assertThat(seen[0]).isLessThan(at);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("stopped");
      }
    }
    TestSweep last = new TestSweep(root);
    assertThat(last.run(runs).missing()).isZero();
    assertThat(last.heard.starts).isEmpty();
    assertThat(runs).allSatisfy(run -> assertThat(last.state(run)).isEqualTo(RunState.COMPLETE));
  }
}

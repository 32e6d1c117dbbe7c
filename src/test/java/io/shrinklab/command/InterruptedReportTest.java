package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint.Change;
import io.shrinklab.spec.RunSpec;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InterruptedReportTest {
  @TempDir private Path root;

  /** A whole sweep's report, which stops before its first file gets its name. */
  public static final class Reporting {
    private Reporting() {}

    public static void main(String[] args) {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      System.exit(
          CommandLineInterface.execute(
              StandInCommand.commands(
                  Path.of(args[1]),
                  (change, path) -> {
                    if (change == Change.RENAME) {
                      System.out.println("writing");
                      try {
                        TimeUnit.MINUTES.sleep(1);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }
                  }),
              out,
              out,
              "run",
              args[0],
              "--results",
              args[1]));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
  void anEndFromOutsideWhileTheReportIsWrittenIsSaid() throws Exception {
    Path file = root.resolve("s.json");
    Files.writeString(
        file,
        """
        {"data": {"kind": "digits"}, "network": {"kind": "linear"}, "seeds": 1,
         "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3},
         "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
        """);
    Path results = root.resolve("results");
    RunSpec run = ExperimentFile.read(file).runs().findFirst().orElseThrow();
    SweepFolder folder = SweepFolder.open(results, "s");
    TestRuns.store(folder, run);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Reporting.class.getName(),
                file.toString(),
                results.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.equals("writing")) {
        line = out.readLine();
      }
      // A shell may have started this deaf to interrupts.
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      List<String> rest = out.lines().toList();
      assertThat(rest)
          .containsExactly(
              "Stopped while the report was written. All runs are kept; each file of the report is"
                  + " whole, the older or the new one. The same command writes them all.");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
    assertThat(folder.read(run).record()).isPresent();
    assertThat(folder.path().resolve("report.html")).doesNotExist();
  }
}

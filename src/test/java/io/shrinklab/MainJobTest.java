package io.shrinklab;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.testing.JavaProcess;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user starts it: a process of its own, from a file to a report. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MainJobTest {
  /** Tells which classes are loaded. */
  private static final List<String> LOADED =
      Stream.concat(JavaProcess.QUICK_START.stream(), Stream.of("-Xlog:class+load:stdout"))
          .toList();

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  private Ended quick(String... arguments) throws Exception {
    return start(JavaProcess.QUICK_START, arguments);
  }

  private Ended start(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("CLASSPATH", classPath());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Ended(process.waitFor(), read(out), read(err));
  }

  private static String classPath() {
    // The test runner's own class path is a jar that only names the real one.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String read(Path file) throws Exception {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static long lines(Path file) throws Exception {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  @Test
  void aSweepRunsReportsResumesAndReproduces() throws Exception {
    Path file = folder.resolve("tiny.json");
    Files.writeString(
        file,
        """
        {"data": {"kind": "digits", "train": 64, "validation": 50},
         "network": {"kind": "mlp", "hidden": [8]},
         "optimizer": {"kind": "adam", "learningRate": 0.01},
         "training": {"epochs": 3},
         "seeds": 1,
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"penalty": {"kind": "lp", "p": 2, "lambda": 0.01}}]}
        """);
    Path results = folder.resolve("results");
    Path sweep = results.resolve("tiny");
    String[] run = {"run", file.toString(), "--results", results.toString(), "--jobs", "1"};

    Ended first = quick(run);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("2 of 2 runs are complete.")
        .contains("Report: " + sweep.resolve("report.html").toAbsolutePath());
    // Variants x seeds x epochs, and the header.
    assertThat(lines(sweep.resolve("metrics.csv"))).isEqualTo(1 + 2 * 1 * 3);
    assertThat(lines(sweep.resolve("runs.csv"))).isEqualTo(1 + 2);
    assertThat(lines(sweep.resolve("summary.csv"))).isEqualTo(1 + 2);
    assertThat(first.err()).as("the engine's chatter").doesNotContain("ai.djl");

    Ended plan = quick("plan", file.toString(), "--results", results.toString());
    assertThat(plan.out()).contains("2 runs done, 0 to run.");

    String metrics = read(sweep.resolve("metrics.csv"));
    Files.delete(sweep.resolve("metrics.csv"));
    Files.delete(sweep.resolve("report.html"));
    Ended report = start(LOADED, "report", file.toString(), "--results", results.toString());
    assertThat(report.code()).as(report.err()).isZero();
    assertThat(report.out()).contains("io.shrinklab.report.Report ");
    assertThat(report.out())
        .doesNotContain(" ai.djl.engine.Engine ")
        .doesNotContain("ai.djl.pytorch");
    assertThat(read(sweep.resolve("metrics.csv"))).isEqualTo(metrics);
    assertThat(sweep.resolve("report.html")).isNotEmptyFile();

    String[] rerun = {
      "rerun", file.toString(), "l2-weights-1e-02", "--results", results.toString()
    };
    Ended again = quick(with(rerun, "--log-steps"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("Reproduced bit for bit: final weights, test score and all metrics of 3 epochs");
    // 64 rows in batches of 32: two steps an epoch.
    assertThat(lines(sweep.resolve("steps").resolve("l2-weights-1e-02-seed-0.csv")))
        .isEqualTo(1 + 2 * 3);

    // As from Maven, whose virtual machine hands training to another.
    List<String> maven = new ArrayList<>(LOADED);
    maven.add("-Dshrinklab.quickStart=true");
    Ended handed = start(maven, rerun);
    assertThat(handed.code()).as(handed.err()).isZero();
    assertThat(handed.out())
        .containsOnlyOnce("Reproduced bit for bit")
        .contains("io.shrinklab.command.OwnProcess ")
        .doesNotContain(" ai.djl.engine.Engine ");
    Ended refused = start(maven, with(rerun, "--set", "training.epochs=0"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).containsOnlyOnce("training.epochs");

    Ended other = quick(with(rerun, "--set", "training.epochs=1"));
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.out())
        .contains("With training.epochs=1 this is another run than the sweep's.")
        .contains("It is another run, so nothing was compared, and nothing stored.");
    assertThat(read(sweep.resolve("metrics.csv"))).isEqualTo(metrics);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aWrongCommandEndsTheProcessWithItsCode() throws Exception {
    Ended wrong = quick("plan", "no-such-sweep");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("no sweep \"no-such-sweep\"");
  }

  @Test
  void successReturnsSinceMavenStillHasToEnd() {
    // An exit here would end the test's own process.
    Main.main(new String[] {"list"});
    assertThat(new File("experiments")).isDirectory();
  }

  @Test
  void aGridOfAMillionIsPlannedInAFewMegabytes() throws Exception {
    assertThat(
            plan(
                "-Xmx64m",
                """
                {"penalty": {"kind": "lp"}, "grid": {
                  "optimizer.learningRate": %s, "optimizer.epsilon": %s,
                  "penalty.p": [1, 2], "penalty.lambda": %s}}
                """
                    .formatted(numbers(100), numbers(100), numbers(50))))
        .contains("1000001 variants x 1 seed = 1000001 runs")
        .contains("... and 999901 variants more; --all shows them")
        .contains("0 runs done, 1000001 to run.");
  }

  /** Where no two variants share a penalty, none may be kept. */
  @Test
  void aGridOfPenaltiesThatAllDifferIsPlannedInFewerYet() throws Exception {
    assertThat(
            plan(
                "-Xmx24m",
                """
                {"penalty": {"kind": "elastic-net", "layers": [{"match": "*.weight"}]},
                 "grid": {"penalty.l1": %s, "penalty.l2": %s}}
                """
                    .formatted(numbers(500), numbers(500))))
        .contains("0 runs done, 250001 to run.");
  }

  private String plan(String heap, String variant) throws Exception {
    Path file = folder.resolve("grid.json");
    Files.writeString(
        file,
        """
        {"data": {"kind": "digits"}, "network": {"kind": "linear"},
         "optimizer": {"kind": "adam"}, "training": {"epochs": 1}, "seeds": 1,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}, %s]}
        """
            .formatted(variant));
    Ended plan =
        start(
            List.of(heap, "-XX:+UseSerialGC"),
            "plan",
            file.toString(),
            "--results",
            folder.resolve("r").toString());
    assertThat(plan.code()).as(plan.err()).isZero();
    return plan.out();
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Double.toString(i / 1000.0))
        .collect(Collectors.joining(",", "[", "]"));
  }
}

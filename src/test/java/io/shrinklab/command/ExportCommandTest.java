package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.export.MlflowStandIn;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.RunSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command from its arguments to what a person reads. */
class ExportCommandTest {
  private static final String SWEEP =
      """
      {"description": "Does it help?",
       "data": {"kind": "digits", "split": "fixed"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3},
       "seeds": 2,
       "variants": [{"name": "none", "penalty": {"kind": "none"}},
                    {"name": "l2", "penalty": {"kind": "lp", "p": 2, "lambda": 0.25}}]}
      """;

  @TempDir private Path folder;
  private Path results;
  private List<RunSpec> runs;
  private String out = "";
  private String err = "";

  @BeforeEach
  void storedSweep() throws Exception {
    results = folder.resolve("results");
    Path file = folder.resolve("one.json");
    Files.writeString(file, SWEEP);
    runs = ExperimentFile.read(file).runs().toList();
    for (RunSpec run : runs) {
      TestRuns.store(SweepFolder.open(results, "one"), run);
    }
  }

  private int execute(String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(toOut, true),
            new PrintWriter(toErr, true),
            Stream.concat(
                    Stream.of("export"),
                    Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                            "--experiments", folder.toString(), "--results", results.toString())))
                .toArray(String[]::new));
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  @Test
  void aSweepGoesToAServerWithItsReport() throws Exception {
    Map<String, String> before = Tree.of(results);
    try (MlflowStandIn server = MlflowStandIn.start()) {
      assertThat(execute("one", "--mlflow", server.uri())).isZero();
      assertThat(out)
          .isEqualTo(
              """
              4 runs sent to MLflow, 0 there before.
              MLflow: %s/#/experiments/7/runs/id0
              """
                  .formatted(server.uri()));
      assertThat(err).isEmpty();
      assertThat(server.runs())
          .containsOnlyKeys("one", "none seed 0", "none seed 1", "l2 seed 0", "l2 seed 1");
      assertThat(server.runs().get("one").tags.get("mlflow.note.content"))
          .startsWith("Does it help?\n\n");
      assertThat(server.files().keySet().stream().filter(file -> file.startsWith("one/")))
          .containsExactly(
              "one/report.html",
              "one/runs.csv",
              "one/summary-paper.tex",
              "one/summary.csv",
              "one/summary.md",
              "one/summary.tex");

      assertThat(execute("one", "--mlflow", server.uri())).isZero();
      assertThat(out).startsWith("0 runs sent to MLflow, 4 there before.\n");
      assertThat(server.requests()).filteredOn(call -> call.startsWith("PUT")).hasSize(4 * 2 + 6);
    }
    assertThat(Tree.of(results)).isEqualTo(before);
  }

  @Test
  void aSweepGoesToAFolderAndADamagedRunIsNamed() throws Exception {
    Path damaged = SweepFolder.open(results, "one").path(runs.get(0));
    Files.writeString(damaged.resolve("metrics.csv"), "epoch\n");
    Path events = folder.resolve("events");
    assertThat(execute("one", "--tensorboard", events.toString())).isZero();
    assertThat(out)
        .startsWith("damaged: " + damaged + ": metrics.csv")
        .endsWith(
            """
            3 runs written for TensorBoard, 0 as before.
            TensorBoard: tensorboard --logdir %s
            """
                .formatted(events));
    assertThat(events.resolve("one/none/seed-0")).doesNotExist();
    assertThat(events.resolve("one/none/seed-1")).isDirectory();
  }

  @Test
  void aServerThatTakesNoFilesIsExplained() throws Exception {
    try (MlflowStandIn server = MlflowStandIn.start("file:///srv/mlruns")) {
      assertThat(execute("one", "--mlflow", server.uri(), "--experiment", "lab")).isZero();
      assertThat(out)
          .contains("Files were not sent")
          .contains("file:///srv/mlruns/id0/artifacts")
          .contains("--serve-artifacts");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| Where to? --mlflow URI, --tensorboard DIR, or both",
        "--weights --tensorboard x| --weights: goes to MLflow; give --mlflow URI too",
        "--experiment a --tensorboard x| --experiment: goes to MLflow; give --mlflow URI too",
        "--mlflow http://127.0.0.1:9 --experiment=| --experiment: found \"\"",
        "--mlflow 127.0.0.1| --mlflow: found \"127.0.0.1\"",
        "--mlflow http://127.0.0.1:1| No server answers at http://127.0.0.1:1.",
      })
  void whatCannotBeDoneIsSaidAndNothingIsWritten(String arguments, String says) throws Exception {
    Map<String, String> before = Tree.of(folder);
    String given = arguments == null ? "one" : "one " + arguments;
    assertThat(execute(given.split(" "))).isEqualTo(ExitCode.WRONG);
    assertThat(err).contains(says).doesNotContain("\tat ");
    assertThat(out).isEmpty();
    assertThat(Tree.of(folder)).isEqualTo(before);
  }

  @Test
  void aSweepWithoutRunsIsRefused() throws Exception {
    Files.writeString(folder.resolve("two.json"), SWEEP);
    Path events = folder.resolve("events");
    assertThat(execute("two", "--tensorboard", events.toString())).isEqualTo(ExitCode.WRONG);
    assertThat(err).startsWith("No stored run in ").contains("First: run two");
    assertThat(events).doesNotExist();
  }
}

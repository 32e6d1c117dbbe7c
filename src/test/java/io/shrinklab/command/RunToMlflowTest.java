package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.export.MlflowStandIn;
import io.shrinklab.results.WritePoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --mlflow}, with workers that stand in. */
class RunToMlflowTest {
  @TempDir private Path root;
  private String out = "";

  @BeforeEach
  void file() throws Exception {
    Files.writeString(
        root.resolve("sweep.json"),
        """
        {"data": {"kind": "digits", "split": "fixed"}, "network": {"kind": "linear"}, "seeds": 1,
         "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2},
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "a", "penalty": {"kind": "weight-decay", "strength": 0.1}}]}
        """);
  }

  private int run(String uri) {
    StringWriter toOut = new StringWriter();
    int code =
        CommandLineInterface.execute(
            StandInCommand.commands(root, WritePoint.PASS),
            new PrintWriter(toOut, true),
            new PrintWriter(toOut, true),
            "run",
            root.resolve("sweep.json").toString(),
            "--results",
            root.resolve("results").toString(),
            "--mlflow",
            uri);
    out = toOut.toString();
    return code;
  }

  @Test
  void aServerThatIsAwayFailsNoSweepAndGetsAllOfItWhenItIsBack() throws Exception {
    assertThat(run("http://127.0.0.1:1")).isZero();
    assertThat(root.resolve("results/sweep/report.html")).exists();
    assertThat(out)
        .contains("2 of 2 runs are complete")
        .containsOnlyOnce("No server answers at http://127.0.0.1:1.")
        .endsWith(
            "Not all runs are on the MLflow server. When it is there: export "
                + root.resolve("sweep.json")
                + " --mlflow http://127.0.0.1:1\n");

    try (MlflowStandIn server = MlflowStandIn.start()) {
      assertThat(run(server.uri())).isZero();
      assertThat(server.runs()).containsOnlyKeys("sweep", "none seed 0", "a seed 0");
      assertThat(server.runs().values()).allMatch(run -> run.status.equals("FINISHED"));
      assertThat(server.files()).containsKeys("sweep/report.html", "a seed 0/run.json");
      assertThat(out).contains("MLflow: " + server.uri() + "/#/experiments/7/runs/");
    }
  }

  @Test
  void whatIsNoAddressIsRefusedBeforeAnythingIsTrained() {
    assertThat(run("here")).isEqualTo(ExitCode.WRONG);
    assertThat(out).startsWith("--mlflow: found \"here\"");
    assertThat(root.resolve("results")).doesNotExist();
  }
}

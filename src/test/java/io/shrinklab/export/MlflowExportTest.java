package io.shrinklab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.shrinklab.export.MlflowStandIn.Answer;
import io.shrinklab.export.MlflowStandIn.Fault;
import io.shrinklab.export.MlflowStandIn.Run;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import io.shrinklab.testing.ASpec;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server is sent, and what becomes of an export that is interrupted or refused. */
class MlflowExportTest {
  private static final RunSpec FIRST = TestRuns.spec("first", 0.5, 0);
  private static final RunSpec SECOND = TestRuns.spec("second", 0.25, 3);

  @TempDir private Path results;
  private SweepFolder folder;
  private MlflowStandIn server;

  @BeforeEach
  void start() throws Exception {
    folder = SweepFolder.open(results, "sweep");
    server = MlflowStandIn.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ExportedSweep sweep(RunSpec... runs) {
    return new ExportedSweep(
        "sweep",
        "What comes out?",
        List.of(runs).stream().map(run -> folder.read(run).record().orElseThrow()).toList(),
        folder,
        List.of(
            new ExportedSweep.Document("report.html", "<html>".getBytes(StandardCharsets.UTF_8))));
  }

  private MlflowExport.Done export(ExportedSweep sweep) throws Exception {
    return export(sweep, false, Map.of());
  }

  private MlflowExport.Done export(
      ExportedSweep sweep, boolean weights, Map<String, String> environment) throws Exception {
    return MlflowExport.to(
            server.uri(), environment::get, weights, (run, of) -> {}, Duration.ofMillis(1))
        .send(sweep, "team's runs");
  }

  private ExportedSweep two() throws Exception {
    TestRuns.store(folder, FIRST);
    TestRuns.store(folder, SECOND);
    return sweep(FIRST, SECOND);
  }

  @Test
  void aRunArrivesWithParametersMetricsTagsAndFiles() throws Exception {
    assertThat(export(two()))
        .isEqualTo(new MlflowExport.Done(2, 0, server.uri() + "/#/experiments/7/runs/id0", ""));

    assertThat(server.runs()).containsOnlyKeys("sweep", "first seed 0", "second seed 3");
    Run run = server.runs().get("second seed 3");
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.params)
        .containsEntry("variant", "second")
        .containsEntry("seed", "3")
        .containsEntry("penalty.kind", "weight-decay")
        .containsEntry("penalty.strength", "0.25")
        .containsEntry("training.epochs", "3")
        .containsEntry("data.train", "300");
    assertThat(run.tags)
        .containsEntry("mlflow.parentRunId", "id0")
        .containsEntry("mlflow.source.git.commit", "abc")
        .containsEntry("shrinklab.sweep", "sweep")
        .containsEntry("shrinklab.variant", "second")
        .containsEntry("shrinklab.seed", "3")
        .containsEntry("shrinklab.status", "COMPLETED")
        .containsEntry("shrinklab.commit", "abc");
    assertThat(run.tags.get("shrinklab.identity")).matches("[0-9a-f]{64}");
    // Epoch 2 of seed 3 has x = 1 / (2 + 3 + 2); each took a second from 2024-05-06T07:08:09Z on,
    // and the run was over after one and a half.
    assertThat(run.metrics)
        .contains(
            "train_loss 2 1714979290500 " + 1 / 7.0,
            "val_score 2 1714979290500 " + (1 - 1 / 7.0 / 3),
            "train_loss 1 1714979290000 " + 1 / 6.0,
            "best_val_score 3 1714979290500 0.9",
            "best_epoch 3 1714979290500 3.0")
        // As the JSON of protocol buffers has what is no number.
        .contains("gradient_ratio 2 1714979290500 NaN")
        // An empty cell is no value.
        .noneMatch(metric -> metric.startsWith("val_accuracy"));
    assertThat(server.files())
        .containsOnlyKeys(
            "first seed 0/layers.csv",
            "first seed 0/run.json",
            "second seed 3/layers.csv",
            "second seed 3/run.json",
            "sweep/report.html");
    assertThat(new String(server.files().get("second seed 3/run.json"), StandardCharsets.UTF_8))
        .contains("\"variant\" : \"second\"");
    Run parent = server.runs().get("sweep");
    assertThat(parent.status).isEqualTo("FINISHED");
    assertThat(parent.tags).containsEntry("mlflow.note.content", "What comes out?");
  }

  @Test
  void aSecondExportSendsNothing() throws Exception {
    ExportedSweep sweep = two();
    export(sweep);
    Map<String, String> before = server.state();
    server.requests();

    assertThat(export(sweep).kept()).isEqualTo(2);

    assertThat(server.requests())
        .containsExactly("GET mlflow/experiments/get-by-name", "POST mlflow/runs/search");
    assertThat(server.state()).isEqualTo(before);
  }

  @Test
  void whatIsNewIsAddedToWhatIsThere() throws Exception {
    TestRuns.store(folder, FIRST);
    export(sweep(FIRST));
    server.page(1);

    MlflowExport.Done done = export(two());

    assertThat(done.sent()).isEqualTo(1);
    assertThat(done.kept()).isEqualTo(1);
    assertThat(server.runs()).hasSize(3);
    assertThat(server.runs().get("second seed 3").tags)
        .containsEntry("mlflow.parentRunId", server.runs().get("sweep").id);
  }

  @ParameterizedTest
  @EnumSource
  void anExportThatBreaksAtAnyRequestIsCompletedByTheNextOne(Fault fault) throws Exception {
    TestRuns.store(folder, FIRST);
    ExportedSweep sweep = sweep(FIRST);
    export(sweep);
    Map<String, String> whole = server.state();
    int requests = server.requests().size();
    assertThat(requests).isGreaterThan(10);
    for (int broken = 0; broken < requests; broken++) {
      server.close();
      server = MlflowStandIn.start();
      int at = broken;
      server.faults(request -> request == at ? fault : null);
      Throwable broke = catchThrowable(() -> export(sweep));
      // The first one asks and changes nothing, and Java asks again where no answer came.
      if (broken > 0 || fault == Fault.REFUSED) {
        assertThat(broke)
            .as("request %s", broken)
            .isInstanceOf(ExportException.class)
            .hasMessageContaining(server.uri())
            .hasMessageContaining("the same command sends the rest");
      }
      server.faults(request -> null);
      export(sweep);
      assertThat(server.state()).as("after request %s", broken).isEqualTo(whole);
    }
  }

  @Test
  void aLongRunIsSentInRequestsWithinTheLimits() throws Exception {
    RunSpec run = TestRuns.spec("long", 0.5, 0, 700, 0);
    TestRuns.store(folder, run);
    export(sweep(run));
    // 13 columns, none of which is empty, and five values at the best epoch.
    assertThat(server.runs().get("long seed 0").metrics)
        .hasSize(700 * 13 + 5)
        .doesNotHaveDuplicates();
    assertThat(server.requests().stream().filter(call -> call.endsWith("log-batch")))
        // 9,105 metrics, 800 at a time; the tag that it is whole; the sweep's.
        .hasSize(12 + 2);
  }

  @Test
  void longSettingsAreCutToWhatAServerTakes() throws Exception {
    RunSpec run =
        ASpec.read(
                """
                'data': {'kind': 'digits', 'train': 30, 'validation': 60},
                'network': {'kind': 'mlp', 'hidden': [%s]},
                'optimizer': {'kind': 'sgd', 'learningRate': 0.1},
                'training': {'epochs': 3}, 'penalty': {'kind': 'none'}"""
                    .formatted("1234, ".repeat(1999) + "1234"))
            .entry("deep", "")
            .seed(0);
    TestRuns.store(folder, run);
    export(sweep(run));
    assertThat(server.runs().get("deep seed 0").params.get("network.hidden"))
        .hasSize(6000)
        .startsWith("[1234,1234,")
        .endsWith("...");
  }

  @Test
  void failedAndDivergedRunsAreToldApart() throws Exception {
    List<EpochMetrics> one =
        List.of(ARow.of(1).with(Metric.PENALTY, Double.POSITIVE_INFINITY).row());
    folder.write(
        new RunFailure(FIRST, "the worker was killed", one),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
    folder.write(
        ARun.of(SECOND).ended(RunStatus.DIVERGED, "loss is NaN at epoch 2").epochs(one).outcome(),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));

    export(sweep(FIRST, SECOND), true, Map.of());

    Run failed = server.runs().get("first seed 0");
    assertThat(failed.status).isEqualTo("FAILED");
    assertThat(failed.tags)
        .containsEntry("shrinklab.status", "FAILED")
        .containsEntry("shrinklab.reason", "the worker was killed");
    assertThat(failed.metrics).contains("penalty 1 1714979289000 Infinity");
    Run diverged = server.runs().get("second seed 3");
    assertThat(diverged.status).isEqualTo("FINISHED");
    assertThat(diverged.tags)
        .containsEntry("shrinklab.status", "DIVERGED")
        .containsEntry("shrinklab.reason", "loss is NaN at epoch 2");
    assertThat(server.files()).containsKey("second seed 3/weights.npz");
  }

  @Test
  void aRunThatWasDoneAgainIsANewOneAndTheOldOneSaysSo() throws Exception {
    folder.write(
        new RunFailure(FIRST, "the worker was killed", List.of()),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
    export(sweep(FIRST));
    Instant again = TestRuns.ENDED.plusSeconds(60);
    folder.write(
        TestRuns.outcome(FIRST, 1), TestRuns.ENVIRONMENT, again, again, TestRuns.text("log"));

    export(sweep(FIRST));

    List<Run> runs = server.all();
    assertThat(runs.stream().map(run -> run.status))
        .containsExactly("FINISHED", "FAILED", "FINISHED");
    assertThat(runs.get(1).tags).containsEntry("shrinklab.superseded", "true");
    assertThat(runs.get(2).tags).doesNotContainKey("shrinklab.superseded");
  }

  @Test
  void weightsAreSentWhenAskedForAlsoLater() throws Exception {
    ExportedSweep sweep = two();
    export(sweep);
    server.requests();

    export(sweep, true, Map.of());

    assertThat(server.requests())
        .filteredOn(call -> call.startsWith("PUT"))
        .containsExactly(
            "PUT mlflow-artifacts/artifacts/7/id1/artifacts/weights.npz",
            "PUT mlflow-artifacts/artifacts/7/id2/artifacts/weights.npz");
    assertThat(new String(server.files().get("first seed 0/weights.npz"), StandardCharsets.UTF_8))
        .isEqualTo("weights of first seed 0");
    export(sweep);
    assertThat(export(sweep, true, Map.of()).kept()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"file:///srv/mlruns", "s3://bucket/mlruns", "mlflow-artifacts://elsewhere:5000/7"})
  void filesAreNotSentWhereTheServerTakesNone(String root) throws Exception {
    server.close();
    server = MlflowStandIn.start(root);
    ExportedSweep sweep = two();

    assertThat(export(sweep, true, Map.of()).withoutFiles()).isEqualTo(root + "/id0/artifacts");

    assertThat(server.files()).isEmpty();
    assertThat(server.runs().get("first seed 0").status).isEqualTo("FINISHED");
    assertThat(export(sweep, true, Map.of()).kept()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "401; text/html; <h1>no</h1>; refuses access (HTTP 401). Set MLFLOW_TRACKING_TOKEN, or",
        "403; application/json; {}; refuses access (HTTP 403). Set MLFLOW_TRACKING_TOKEN, or",
        "404; text/html; <h1>nothing</h1>; is no MLflow tracking server",
        "200; text/html; <h1>Hello</h1>; is no MLflow tracking server",
        "200; application/json; []; is no MLflow tracking server",
        "302; text/html; ''; a redirection to https://login.example/",
        "500; text/html; ''; failed at experiments/get-by-name (HTTP 500); its log says why",
        "400; application/json; {\"error_code\": \"BAD\", \"message\": \"one\\ntwo\\u001b[31m.\"}; refuses experiments/get-by-name: BAD: one two [31m. What arrived",
      })
  void whatAServerRefusesIsOneLineThatNamesIt(int status, String type, String body, String says)
      throws Exception {
    ExportedSweep sweep = two();
    server.answers(
        request -> new Answer(status, type, body, Map.of("Location", "https://login.example/")));
    assertThatThrownBy(() -> export(sweep))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(server.uri())
        .hasMessageContaining(says)
        .message()
        .doesNotContain("\n");
    assertThat(server.all()).isEmpty();
  }

  @Test
  void aServerThatIsAwayIsNamed() throws Exception {
    ExportedSweep sweep = two();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String address = "http://127.0.0.1:" + port;
    MlflowExport export =
        MlflowExport.to(address, name -> null, false, (run, of) -> {}, Duration.ZERO);
    assertThatThrownBy(() -> export.send(sweep, "x"))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "No server answers at "
                + address
                + ". Start it (mlflow server), or give the address of yours. What arrived is kept;"
                + " the same command sends the rest");
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void aBusyServerIsAskedAgainButNotForEver(int status) throws Exception {
    ExportedSweep sweep = two();
    server.answers(request -> request % 3 < 2 ? new Answer(status, "text/plain", "busy") : null);
    export(sweep);
    assertThat(server.runs()).hasSize(3);

    server.answers(request -> new Answer(status, "text/plain", "busy"));
    assertThatThrownBy(() -> export(sweep)).isInstanceOf(ExportException.class);
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void credentialsAreReadFromTheEnvironmentAndNeverShown() throws Exception {
    ExportedSweep sweep = two();
    export(sweep, false, Map.of("MLFLOW_TRACKING_TOKEN", "t0ken"));
    assertThat(server.authorizations()).isNotEmpty().containsOnly("Bearer t0ken");

    // RFC 7617 has this pair as its example.
    Map<String, String> both =
        Map.of(
            "MLFLOW_TRACKING_USERNAME", "Aladdin",
            "MLFLOW_TRACKING_PASSWORD", "open sesame");
    export(sweep, false, both);
    assertThat(server.authorizations()).endsWith("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");

    server.answers(request -> new Answer(401, "text/plain", "no"));
    List<String> shown = new ArrayList<>();
    for (Throwable at = catchThrowable(() -> export(sweep, false, both));
        at != null;
        at = at.getCause()) {
      shown.add(at.toString());
    }
    assertThat(shown)
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("does not accept the credentials")
                    .doesNotContain("sesame", "QWxhZ", "Aladdin"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000",
    "ftp://host",
    "http://",
    "http:///x",
    "'http://a b'",
    "databricks",
    "http://host/?x=1",
    "http://host/#/experiments/1",
    "''"
  })
  void whatIsNoAddressIsRefusedBeforeAnythingIsAsked(String address) {
    assertThatThrownBy(() -> MlflowExport.to(address, name -> null, false, (run, of) -> {}))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            "--mlflow: found \"%s\"; needs the address of an MLflow server, http://HOST:PORT or"
                + " https://HOST",
            address);
  }

  @ParameterizedTest
  @CsvSource({"http://me:s3cret@host:5000", "'http://me:s3cret@ho st'", "s3cret@host"})
  void aPasswordInAnAddressIsNotRepeated(String address) {
    assertThatThrownBy(() -> MlflowExport.to(address, name -> null, false, (run, of) -> {}))
        .isInstanceOf(ExportException.class)
        .message()
        .doesNotContain("s3cret")
        .startsWith("--mlflow: ");
  }
}

package io.shrinklab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server takes what is sent, and gives it back over its own API. */
class RealMlflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private static Optional<Path> mlflow() {
    String named = System.getenv("MLFLOW_BIN");
    return named != null
        ? Optional.of(Path.of(named))
        : Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(path -> Path.of(path, "mlflow"))
            .filter(Files::isExecutable)
            .findFirst();
  }

  @Test
  void takesASweepOnceAndGivesItBack() throws Exception {
    Optional<Path> program = mlflow();
    assumeTrue(
        program.isPresent(),
        "no mlflow on the PATH or in MLFLOW_BIN: the export is not tried with a real server");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                program.get().toString(),
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile());
    // Evaluations in the background, which nobody asks for here, take as long to start again.
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    Process server = builder.start();
    try {
      String uri = "http://127.0.0.1:" + port;
      await(uri + "/health", server);
      sendAndReadBack(uri);
    } finally {
      List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
      all.add(server.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      server.waitFor();
    }
  }

  private void await(String uri, Process server) throws Exception {
    for (int tries = 0; tries < 1200 && server.isAlive(); tries++) {
      try {
        if (CLIENT.send(request(uri), BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not yet.
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "mlflow did not start: " + Files.readString(folder.resolve("server.log")));
  }

  private void sendAndReadBack(String uri) throws Exception {
    SweepFolder results = SweepFolder.open(folder.resolve("results"), "sweep");
    RunSpec good = TestRuns.spec("good", 0.5, 1);
    RunSpec bad = TestRuns.spec("bad", 0.25, 0);
    TestRuns.store(results, good);
    results.write(
        new RunFailure(bad, "killed", List.of()),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
    ExportedSweep sweep =
        new ExportedSweep(
            "sweep",
            "What comes out?",
            Stream.of(good, bad).map(run -> results.read(run).record().orElseThrow()).toList(),
            results,
            List.of(
                new ExportedSweep.Document(
                    "report.html", "<html>".getBytes(StandardCharsets.UTF_8))));
    MlflowExport export =
        MlflowExport.to(uri, name -> null, true, (run, of) -> {}, Duration.ofMillis(1));

    assertThat(export.send(sweep, "team's runs").sent()).isEqualTo(2);
    assertThat(export.send(sweep, "team's runs").kept()).isEqualTo(2);

    Map<String, JsonNode> runs = new HashMap<>();
    String query = "{\"experiment_ids\": [\"1\"], \"max_results\": 100}";
    JsonNode found =
        json(
            HttpRequest.newBuilder(api(uri, "runs/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build());
    found.path("runs").forEach(run -> runs.put(run.at("/info/run_name").asText(), run));
    assertThat(runs).containsOnlyKeys("sweep", "good seed 1", "bad seed 0");
    assertThat(found.path("runs")).hasSize(3);
    assertThat(runs.get("sweep").at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(runs.get("bad seed 0").at("/info/status").asText()).isEqualTo("FAILED");
    JsonNode run = runs.get("good seed 1");
    assertThat(run.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(run.at("/info/start_time").asLong()).isEqualTo(TestRuns.STARTED.toEpochMilli());
    assertThat(run.at("/info/end_time").asLong()).isEqualTo(TestRuns.ENDED.toEpochMilli());
    assertThat(values(run.at("/data/tags")))
        .containsEntry("mlflow.parentRunId", runs.get("sweep").at("/info/run_id").asText());
    assertThat(values(run.at("/data/params"))).containsEntry("penalty.strength", "0.5");

    String id = run.at("/info/run_id").asText();
    // x = 1 / (epoch + seed + 2), to the bit.
    assertThat(history(uri, id, "train_loss"))
        .containsExactly("1 " + 1 / 4.0, "2 " + 1 / 5.0, "3 " + 1 / 6.0);
    assertThat(history(uri, id, "gradient_ratio")).containsExactly("1 NaN", "2 NaN", "3 NaN");
    assertThat(history(uri, id, "best_val_score")).containsExactly("3 0.9");

    byte[] stored = Files.readAllBytes(results.path(good).resolve("run.json"));
    assertThat(file(uri, run, "run.json")).isEqualTo(stored);
    assertThat(file(uri, run, "weights.npz"))
        .isEqualTo("weights of good seed 1".getBytes(StandardCharsets.UTF_8));
    assertThat(file(uri, runs.get("sweep"), "report.html"))
        .isEqualTo("<html>".getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> history(String uri, String run, String metric) throws Exception {
    JsonNode history =
        json(
            request(
                api(uri, "metrics/get-history?run_id=" + run + "&metric_key=" + metric)
                    .toString()));
    List<String> values = new ArrayList<>();
    history
        .path("metrics")
        .forEach(at -> values.add(at.path("step").asInt() + " " + at.path("value").asText()));
    values.sort(null);
    return values;
  }

  private static byte[] file(String uri, JsonNode run, String name) throws Exception {
    String root = run.at("/info/artifact_uri").asText().replace("mlflow-artifacts:/", "");
    return CLIENT
        .send(
            request(uri + "/api/2.0/mlflow-artifacts/artifacts/" + root + "/" + name),
            BodyHandlers.ofByteArray())
        .body();
  }

  private static Map<String, String> values(JsonNode entries) {
    Map<String, String> values = new HashMap<>();
    entries.forEach(entry -> values.put(entry.path("key").asText(), entry.path("value").asText()));
    return values;
  }

  private static JsonNode json(HttpRequest request) throws Exception {
    return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
  }

  private static HttpRequest request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
  }

  private static URI api(String uri, String call) {
    return URI.create(uri + "/api/2.0/mlflow/" + call);
  }
}

package io.shrinklab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.sweep.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a real standalone cluster of two workers, and what may befall it. */
class SparkClusterTest {
  /** Long enough to be interrupted, eight groups of three runs. */
  private static final String LONG =
      """
      {"name": "long", "description": "Long enough to be interrupted.",
       "data": {"kind": "digits", "train": 300, "validation": 300},
       "network": {"kind": "mlp", "hidden": [16]},
       "optimizer": {"kind": "adam", "learningRate": 0.01},
       "training": {"epochs": EPOCHS, "batchSize": 32},
       "seeds": 8,
       "variants": [
         {"name": "none", "penalty": {"kind": "none"}},
         {"name": "l1", "penalty": {"kind": "lp", "p": 1, "lambda": 1e-4}},
         {"name": "l2", "penalty": {"kind": "lp", "p": 2, "lambda": 1e-3}}]}
      """;

  private static final int RUNS = 24;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path root;

  private LoopbackCluster cluster;
  private Path results;

  @BeforeEach
  void master() throws IOException {
    cluster = new LoopbackCluster(root);
    results = root.resolve("results");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private void twoWorkers() throws IOException {
    cluster.worker(Map.of());
    cluster.worker(Map.of());
  }

  private Path experiment(int epochs) throws IOException {
    Path folder = Files.createDirectories(root.resolve("experiments"));
    Files.writeString(folder.resolve("long.json"), LONG.replace("EPOCHS", "" + epochs));
    return folder;
  }

  private Process run(String log, int epochs, String... more) throws IOException {
    return run(log, epochs, List.of(), more);
  }

  private Process run(String log, int epochs, List<String> options, String... more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "long",
                "--experiments",
                experiment(epochs).toString(),
                "--results",
                results.toString()));
    arguments.addAll(List.of(more));
    return cluster.drive(log, options, arguments.toArray(String[]::new));
  }

  private Process onCluster(int epochs) throws IOException {
    return run("driver", epochs, "--spark", cluster.address());
  }

  private int code(Process process) throws InterruptedException {
    assertThat(process.waitFor(150, TimeUnit.SECONDS)).as(cluster.log("driver")).isTrue();
    return process.exitValue();
  }

  private void assertComplete(Process driver) throws Exception {
    assertThat(code(driver)).as(cluster.log("driver")).isZero();
    assertThat(cluster.log("driver")).contains(RUNS + " of " + RUNS + " runs are complete.");
    assertThat(stored()).isEqualTo(RUNS);
  }

  private long stored() {
    return files(results.resolve("long").resolve("runs"), "run.json");
  }

  private static long files(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith(name))
          .filter(file -> !file.toString().contains(".incomplete-"))
          .count();
    } catch (IOException | UncheckedIOException e) {
      // Something went while it was looked at; who waits asks again.
      return 0;
    }
  }

  private List<ProcessHandle> executors() {
    return LoopbackCluster.processes("CoarseGrainedExecutorBackend", root);
  }

  private List<ProcessHandle> trainers() {
    return LoopbackCluster.processes(Worker.class.getName(), root);
  }

  private void awaitGone(String what, List<ProcessHandle> processes) {
    LoopbackCluster.await(what + " are gone", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void awaitTraining(int executors) {
    LoopbackCluster.await(executors + " train", () -> trainers().size() >= executors);
  }

  @Test
  void theSameFilesAsHereAndNothingToDoAfterwards() throws Exception {
    twoWorkers();
    assertComplete(onCluster(4));
    assertThat(cluster.log("driver")).doesNotContain("WARN", "SLF4J", "Exception");
    Map<String, String> there = numbers(results);
    assertThat(code(run("again", 4))).as(cluster.log("again")).isZero();
    assertThat(cluster.log("again")).contains(RUNS + " of " + RUNS + " runs are complete.", "nothing to train");
    results = root.resolve("here");
    assertThat(code(run("here", 4))).isZero();
    assertThat(numbers(results)).isEqualTo(there);
    awaitGone("children", trainers());
  }

  /** All that training decides: tables without their columns of times, and arrays. */
  private static Map<String, String> numbers(Path results) throws IOException {
    Map<String, String> numbers = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = results.relativize(file).toString();
        if (name.contains("/runs/") && name.endsWith(".npz")) {
          numbers.put(name, Arrays.hashCode(Files.readAllBytes(file)) + "");
        } else if (name.contains("/runs/") && name.endsWith(".csv")) {
          numbers.put(name, withoutTimes(Files.readAllLines(file)));
        }
      }
    }
    return numbers;
  }

  private static String withoutTimes(List<String> lines) {
    int seconds = Arrays.asList(lines.get(0).split(",", -1)).indexOf("seconds");
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
      if (seconds >= 0) {
        cells.remove(seconds);
      }
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  @Test
  void anExecutorThatIsKilledCostsItsGroupAndLeavesNoChild() throws Exception {
    twoWorkers();
    Process driver = onCluster(50);
    awaitTraining(2);
    List<ProcessHandle> children = trainers();
    ProcessHandle victim = executors().get(0);
    victim.destroyForcibly();
    awaitGone("the killed executor", List.of(victim));
    LoopbackCluster.await(
        "its child is gone", () -> children.stream().filter(ProcessHandle::isAlive).count() < 2);
    assertComplete(driver);
    assertThat(cluster.log("driver")).contains("Executor ");
    awaitGone("children", trainers());
  }

  @Test
  void aWorkerDaemonThatIsKilledCostsNothingThatIsStored() throws Exception {
    twoWorkers();
    Process driver = onCluster(50);
    awaitTraining(2);
    cluster.kill(2);
    assertComplete(driver);
  }

  @Test
  void aDriverThatIsKilledLosesWhatWasNotStoredAndIsGoneOnWith() throws Exception {
    twoWorkers();
    Process driver = onCluster(50);
    LoopbackCluster.await("something is stored", () -> stored() > 0);
    List<ProcessHandle> theirs = new ArrayList<>(executors());
    theirs.addAll(trainers());
    driver.destroyForcibly().waitFor();
    awaitGone("executors and their children", theirs);
    long kept = stored();
    assertThat(kept).isBetween(1L, RUNS - 1L);
    assertComplete(onCluster(50));
    assertThat(cluster.log("driver")).contains(kept + " complete");
  }

  @Test
  void aRunThatAlwaysFailsIsARowAndTheOthersAreComplete() throws Exception {
    twoWorkers();
    Path folder = experiment(4);
    String failing =
        LONG.replace("EPOCHS", "4")
            .replace(
                "\"lambda\": 1e-3}}",
                "\"lambda\": 1e-3}, \"training\": {\"epochs\": 100000, \"timeoutMinutes\": 0.005}}")
            .replace("\"seeds\": 8", "\"seeds\": 2");
    Files.writeString(folder.resolve("failing.json"), failing.replace("\"long\"", "\"failing\""));
    Process driver =
        cluster.drive(
            "driver",
            List.of(),
            "run",
            "failing",
            "--experiments",
            folder.toString(),
            "--results",
            results.toString(),
            "--spark",
            cluster.address());
    assertThat(code(driver)).as(cluster.log("driver")).isEqualTo(3);
    assertThat(cluster.log("driver")).contains("4 of 6 runs are complete, 2 failed", "timeoutMinutes");
  }

  @Test
  void aBrokenHostIsExcludedAndNothingIsLost() throws Exception {
    Path file = Files.writeString(root.resolve("no-folder"), "");
    cluster.worker(Map.of("DJL_CACHE_DIR", file.toString()));
    cluster.worker(Map.of());
    Process driver = onCluster(20);
    assertComplete(driver);
    assertThat(cluster.log("driver")).contains("Unfit to train, and its runs go elsewhere");
  }

  @Test
  void whereEveryHostIsBrokenTheSweepEndsAndSaysWhy() throws Exception {
    Path file = Files.writeString(root.resolve("no-folder"), "");
    cluster.worker(Map.of("DJL_CACHE_DIR", file.toString()));
    Process driver =
        run(
            "driver",
            20,
            // Two minutes in which a new executor might come, unless it is said otherwise.
            List.of("-Dspark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout=1s"),
            "--spark",
            cluster.address());
    assertThat(code(driver)).as(cluster.log("driver")).isEqualTo(2);
    assertThat(cluster.log("driver")).contains("No run can be trained on the hosts that were tried");
    assertThat(stored()).isZero();
  }

  @Test
  void anApplicationThatTheMasterRemovesEndsWithAMessage() throws Exception {
    twoWorkers();
    Process driver = onCluster(100);
    LoopbackCluster.await("something is stored", () -> stored() > 0);
    HttpClient browser = HttpClient.newHttpClient();
    String page =
        browser
            .send(
                HttpRequest.newBuilder(URI.create(cluster.page())).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Matcher application = Pattern.compile("app-\\d{14}-\\d{4}").matcher(page);
    assertThat(application.find()).isTrue();
    browser.send(
        HttpRequest.newBuilder(URI.create(cluster.page() + "/app/kill/"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "id=" + application.group() + "&terminate=true"))
            .build(),
        HttpResponse.BodyHandlers.discarding());
    assertThat(code(driver)).as(cluster.log("driver")).isEqualTo(2);
    assertThat(cluster.log("driver")).contains("ended this application", "the same command goes on");
    assertThat(stored()).isBetween(1L, RUNS - 1L);
  }

  @Test
  void aClusterThatIsGoneWithItsMasterIsNotWaitedForWithoutEnd() throws Exception {
    cluster.worker(Map.of());
    Process driver =
        run(
            "driver",
            100,
            List.of("-Dspark.shrinklab.patience=5s"),
            "--spark",
            cluster.address());
    LoopbackCluster.await("something is stored", () -> stored() > 0);
    cluster.killAll();
    assertThat(code(driver)).as(cluster.log("driver")).isEqualTo(2);
    assertThat(cluster.log("driver"))
        .contains("has had no executor for 5 s", "the same command goes on");
  }

  @Test
  void copiesOfSlowGroupsDoNoHarm() throws Exception {
    cluster.worker(Map.of());
    cluster.worker(Map.of(), "localhost");
    Process driver =
        run(
            "driver",
            60,
            List.of(
                "-Dspark.speculation=true",
                "-Dspark.speculation.interval=100ms",
                "-Dspark.speculation.task.duration.threshold=1s"),
            "--spark",
            cluster.address(),
            "--jobs",
            "1");
    assertComplete(driver);
  }
}

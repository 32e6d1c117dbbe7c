package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.Environment;
import io.shrinklab.results.MetricsCsv;
import io.shrinklab.results.RunState;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.JavaProcess;
import io.shrinklab.training.Training;
import io.shrinklab.training.TrainingListener;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A caller that knows nothing but {@code docs/worker.md}: it starts workers by the commands there
 * and sends lines of text.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerContractTest {
  private static final Path PAGE = Path.of("docs/worker.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What no two sessions have in common. */
  private static final Set<String> OWN = Set.of("pid", "memory", "seconds");

  private static final String SETUP = "{\"message\":\"setup\",\"results\":\"%s\",\"sweep\":\"%s\"}";

  @TempDir Path root;
  private final List<Process> workers = new ArrayList<>();

  @AfterEach
  void leaveNoProcess() {
    workers.forEach(Process::destroyForcibly);
  }

  /** The page's indented commands, each on one line. */
  private static List<String> commands() throws IOException {
    StringBuilder block = new StringBuilder();
    List<String> page = Files.readAllLines(PAGE);
    for (String line : page.subList(0, page.indexOf("## A session"))) {
      if (line.startsWith("    ")) {
        block.append(line.substring(4)).append('\n');
      }
    }
    return block.toString().replaceAll("\\|\\n\\s*", "| ").lines().toList();
  }

  private static List<String> session() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```\n") + 4;
    return page.substring(start, page.indexOf("```", start)).lines().toList();
  }

  private static String text(Path folder) {
    // In JSON, where a backslash is written twice.
    return folder.toString().replace("\\", "\\\\");
  }

  /** A worker as the page starts it, with its standard error in {@code worker.log}. */
  private final class Caller {
    private final Process process;
    private final OutputStream in;
    private final BufferedReader out;

    Caller(Class<?> main, String... options) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.addAll(List.of(options));
      String line = commands().stream().filter(c -> c.contains("sweep.Worker")).findFirst().get();
      Matcher java =
          Pattern.compile("\\| java (.*) io\\.shrinklab\\.sweep\\.Worker ").matcher(line);
      assertThat(java.find()).as(line).isTrue();
      command.addAll(List.of(java.group(1).split(" ", -1)));
      command.add(main.getName());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(root.resolve("worker.log").toFile()));
      environment(builder.environment());
      process = builder.start();
      workers.add(process);
      in = process.getOutputStream();
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    void send(String line) throws IOException {
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    }

    void setUp() throws IOException {
      String log = text(root.resolve("worker.log"));
      send(SETUP.formatted(text(root), "s").replace("}", ",\"log\":\"" + log + "\"}"));
      assertThat(answer().path("message").asText()).isEqualTo("ready");
    }

    /** The next answer; what is none is skipped, as the page says. */
    JsonNode answer() throws IOException {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("{")) {
          return JSON.readTree(line);
        }
      }
      return JSON.createObjectNode();
    }

    int exitCode() throws InterruptedException {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private static void environment(Map<String, String> variables) throws IOException {
    variables.put(
        "CLASSPATH",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    String export = commands().stream().filter(c -> c.startsWith("export ")).findFirst().get();
    Matcher variable = Pattern.compile("(\\w+)=(\\d+)").matcher(export);
    while (variable.find()) {
      variables.put(variable.group(1), variable.group(2));
    }
    assertThat(variables).containsKeys("OMP_NUM_THREADS", "MKL_NUM_THREADS");
  }

  private String log() throws IOException {
    return Files.readString(root.resolve("worker.log"));
  }

  @Test
  void theSessionOnThePageIsWhatAWorkerSays() throws Exception {
    Caller caller = new Caller(Worker.class);
    int finished = 0;
    JsonNode request = JSON.createObjectNode();
    JsonNode first = null;
    for (String line : session()) {
      String message = line.substring(2).replace("RESULTS", text(root));
      if (line.startsWith("> ")) {
        caller.send(message);
        request = JSON.readTree(message);
      } else {
        JsonNode said = caller.answer();
        assertSame(JSON.readTree(message), said, line);
        if (said.path("message").asText().equals("finished")) {
          finished++;
          first = first == null ? request : first;
          assertThat(said.path("memory").asLong()).isGreaterThan(1 << 20);
          assertThat(root.resolve(said.path("folder").asText())).isDirectory();
        } else if (said.path("message").asText().equals("ready")) {
          assertThat(said.path("pid").asLong()).isEqualTo(caller.process.pid());
        }
      }
    }
    assertThat(caller.exitCode()).isZero();
    assertThat(finished).isEqualTo(4);
    assertTrainedAndWhole(SpecJson.read(first.path("spec")));
  }

  /** The same keys in the same order, and the same values as far as another machine has them. */
  private static void assertSame(JsonNode expected, JsonNode said, String line) {
    assertThat(names(said)).as("%s\nanswered %s", line, said).isEqualTo(names(expected));
    for (String name : names(expected)) {
      JsonNode there = expected.get(name);
      JsonNode here = said.get(name);
      assertThat(here.getNodeType()).as("%s of %s", name, line).isEqualTo(there.getNodeType());
      if (there.isObject()) {
        assertSame(there, here, line);
      } else if (there.isNumber() && !OWN.contains(name)) {
        assertThat(here.asDouble())
            .as("%s of %s", name, line)
            .isCloseTo(there.asDouble(), Offset.offset(1e-3 * Math.abs(there.asDouble()) + 1e-9));
      } else if (!there.isNumber()) {
        assertThat(here.asText()).as("%s of %s", name, line).isEqualTo(there.asText());
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void assertTrainedAndWhole(RunSpec run) throws Exception {
    SweepFolder folder = SweepFolder.open(root, "by-hand");
    assertThat(folder.read(run).state()).isEqualTo(RunState.COMPLETE);
    RunRecord stored = folder.read(run).record().orElseThrow();
    RunOutcome here;
    try (DataSets dataSets = new DataSets(null)) {
      here = new Training(dataSets).run(run, TrainingListener.SILENT);
    }
    assertThat(folder.path(run).resolve("weights.npz")).hasBinaryContent(here.weights().npz());
    assertThat(stored.provenance().metricsSha256()).isEqualTo(MetricsCsv.sha256(here.epochs()));
    assertThat(stored.provenance().dataSha256()).isEqualTo(here.dataSha256());
    assertThat(stored.best()).isEqualTo(here.best());
    // What the setup does not say the worker finds out.
    Environment environment = Environment.detect(1);
    assertThat(stored.provenance().cpu()).isEqualTo(environment.cpu());
    assertThat(stored.provenance().commit()).isEqualTo(environment.commit());
    assertThat(stored.provenance().threads()).isEqualTo(1);
    try (Stream<Path> runs = Files.list(root.resolve("by-hand/runs/l2"))) {
      assertThat(runs).as("what the worker left").containsExactly(folder.path(run));
    }
  }

  @Test
  void aLineThatIsNotUnderstoodIsAnsweredAndCostsNothing() throws Exception {
    Caller caller = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
    caller.setUp();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("{\"message\":\"run\",\"spec\":", "Unexpected end-of-input");
    lines.put("{\"message\":\"run\"}", "spec: missing");
    lines.put("{\"message\":\"setup\",\"sweep\":\"s\"}", "results: missing");
    lines.put("{\"message\":\"run\",\"spec\":{},\"retries\":3}", "\"retries\"");
    lines.put("{\"message\":\"run\",\"spec\":{}} {}", "Trailing token");
    lines.put("{\"message\":\"end\",\"message\":\"run\"}", "Duplicate field 'message'");
    lines.put("{\"spec\":{}}", "missing type id property 'message'");
    lines.put("null", "null is no message");
    lines.put("what now?", "Unrecognized token 'what'");
    lines.put("{\"message\":\"started\"}", "it is what workers say");
    lines.put("{\"message\":\"run\",\"spec\":{}}", "variant: missing");
    String beside = "{\"message\":\"beside\",\"thread\":%d,\"said\":{\"message\":\"end\"}}";
    lines.put(beside.formatted(0), "thread: found 0; needs a number from 1 to 64");
    lines.put(beside.formatted(1), "said: needs run or runs");
    lines.put("{\"message\":\"run\",\"spec\":[]}", "run specification: 1 problem; ");
    lines.put(
        "{\"message\":\"setup\",\"results\":\"r\",\"sweep\":\"s\"}",
        "The worker is set up already");
    // A folder of the variant's name is made: it must be one, and under the sweep's.
    ObjectNode spec = SpecJson.write(TestRuns.spec("a", 1, 0));
    ((ObjectNode) spec.get("variant")).put("name", "../../a");
    lines.put(
        "{\"message\":\"run\",\"spec\":" + spec + "}",
        "variant.name: found \"../../a\": needs a name of ASCII letters");
    ObjectNode named = SpecJson.write(TestRuns.spec("a", 1, 0));
    ((ObjectNode) named.at("/variant/penalty")).removeAll().put("kind", "custom");
    ((ObjectNode) named.at("/variant/penalty")).put("className", "my.Own").put("lambda", 1);
    lines.put(
        "{\"message\":\"run\",\"spec\":" + named + "}",
        "variant.penalty.className: found \"my.Own\": names code, which would run with your rights");
    for (Map.Entry<String, String> line : lines.entrySet()) {
      caller.send(line.getKey());
      caller.send("");
      JsonNode said = caller.answer();
      assertThat(said.path("message").asText()).as("%s", said).isEqualTo("failed");
      assertThat(said.path("worn").asText()).isEqualTo("false");
      assertThat(said.path("reason").asText()).contains(line.getValue()).doesNotContain("\n");
    }
    RunSpec run = TestRuns.spec("a", 1, 0);
    caller.send(Worker.request(run));
    caller.send("{\"message\":\"end\"}");
    List<String> said = new ArrayList<>();
    for (JsonNode answer = caller.answer(); !answer.isEmpty(); answer = caller.answer()) {
      said.add(answer.path("message").asText());
    }
    assertThat(said).containsExactly("started", "epoch", "epoch", "epoch", "finished");
    assertThat(caller.exitCode()).isZero();
    // What it said on its standard error while it trained, named in the setup.
    assertThat(SweepFolder.open(root, "s").path(run).resolve("run.log"))
        .hasContent("a stray print while training a seed 0");
  }

  @Test
  void threadsAnswerBesideOneAnotherAndTheEndWaitsForAll() throws Exception {
    Caller caller = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
    caller.setUp();
    for (int thread = 1; thread <= 2; thread++) {
      String run = Worker.request(TestRuns.spec("a", 1, thread));
      caller.send("{\"message\":\"beside\",\"thread\":%d,\"said\":%s}".formatted(thread, run));
    }
    caller.send("{\"message\":\"end\"}");
    Map<String, List<String>> said = new LinkedHashMap<>();
    for (JsonNode answer = caller.answer(); !answer.isEmpty(); answer = caller.answer()) {
      assertThat(answer.path("message").asText()).isEqualTo("beside");
      said.computeIfAbsent(answer.path("thread").asText(), any -> new ArrayList<>())
          .add(answer.at("/said/message").asText());
    }
    assertThat(said).containsOnlyKeys("1", "2");
    assertThat(said.values())
        .allSatisfy(
            answers ->
                assertThat(answers)
                    .containsExactly("started", "epoch", "epoch", "epoch", "finished"));
    assertThat(caller.exitCode()).isZero();
  }

  @Test
  void aWorkerThatIsNotSetUpSaysWhyAndEnds() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("{\"message\":\"end\"}", "failed The first line must be a setup message");
    lines.put(SETUP.formatted("r", "../s"), "sweep: found ../s; needs a name");
    lines.put(
        SETUP.formatted(text(file), "s"),
        "unwritable Cannot write the results folder " + file.resolve("s"));
    for (Map.Entry<String, String> line : lines.entrySet()) {
      Caller caller = new Caller(Worker.class);
      caller.send(line.getKey());
      JsonNode said = caller.answer();
      assertThat(said.path("message").asText() + " " + said.path("reason").asText())
          .contains(line.getValue());
      assertThat(caller.exitCode()).isEqualTo(2);
    }
    assertThat(log()).as("for a caller that reads no answers").contains("must be a setup message");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                JavaProcess.classPath(),
                Worker.class.getName(),
                "--allow-clases")
            .start();
    workers.add(process);
    assertThat(process.inputReader().lines().toList().toString())
        .contains("arguments: found --allow-clases; needs none, or --allow-classes");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void aWorkerWhoseInputEndsIsGoneInTheMiddleOfItsRun() throws Exception {
    RunSpec run = TestRuns.spec("a", 1, 0, 1_000_000, 0);
    Caller caller = new Caller(Worker.class);
    caller.setUp();
    caller.send(Worker.request(run));
    assertThat(caller.answer().path("message").asText()).isEqualTo("started");
    assertThat(caller.answer().path("message").asText()).isEqualTo("epoch");
    caller.in.close();
    assertThat(caller.exitCode()).isEqualTo(1);
    assertThat(log()).contains("Standard input ended without \"end\" before all was answered");
    assertThat(SweepFolder.open(root, "s").read(run).state()).isEqualTo(RunState.ABSENT);
    assertThat(root.resolve("s/runs")).doesNotExist();
  }

  @Test
  void aWorkerWhoseInputEndsWhenAllIsAnsweredHasDoneItsWork() throws Exception {
    Caller caller = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
    caller.setUp();
    caller.in.close();
    assertThat(caller.exitCode()).isZero();
  }

  @Test
  void aWorkerThatNobodyReadsAnyMoreIsGone() throws Exception {
    Caller caller =
        new Caller(FaultyWorker.class, "-Dtest.memory=" + root, "-Dtest.epochMillis=20");
    caller.setUp();
    caller.send(Worker.request(TestRuns.spec("a", 1, 0, 1_000_000, 0)));
    caller.send("{\"message\":\"end\"}");
    caller.in.close();
    assertThat(caller.answer().path("message").asText()).isEqualTo("started");
    assertThat(caller.answer().path("message").asText()).isEqualTo("epoch");
    // The end of its input no longer ends it; its reader's death does.
    assertThat(caller.answer().path("message").asText()).isEqualTo("epoch");
    caller.out.close();
    assertThat(caller.exitCode()).isEqualTo(1);
  }

  @Test
  void aSweepAndWorkersOfOthersKeepEachOtherOut() throws Exception {
    Caller caller = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
    Caller second = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
    caller.setUp();
    second.setUp();
    assertThatThrownBy(() -> SweepFolder.lock(root, "s"))
        .hasMessageContaining("in use by workers that no sweep here started");
    caller.in.close();
    second.in.close();
    caller.exitCode();
    second.exitCode();
    try (SweepFolder held = SweepFolder.lock(root, "s")) {
      assertThat(held.takenOverFrom()).isEmpty();
      Caller third = new Caller(FaultyWorker.class, "-Dtest.memory=" + root);
      third.send(
          "{\"message\":\"setup\",\"results\":\"%s\",\"sweep\":\"s\"}".formatted(text(root)));
      assertThat(third.answer().path("reason").asText())
          .contains("in use by process " + ProcessHandle.current().pid());
      assertThat(third.exitCode()).isEqualTo(2);
    }
  }

  /** Every command of the page but those of Maven, in a folder with the experiment. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such shell")
  void theCommandsOnThePageTrainASweep() throws Exception {
    Path experiments = Files.createDirectory(root.resolve("experiments"));
    Files.copy(Path.of("experiments/smoke.json"), experiments.resolve("smoke.json"));
    List<String> commands = commands().stream().filter(c -> c.contains("io.shrinklab.")).toList();
    assertThat(commands).hasSize(3);
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", String.join("\n", commands))
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("said.txt").toFile());
    environment(shell.environment());
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    // Starting is what costs here.
    shell.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    shell.environment().merge("PATH", java, (old, here) -> here + File.pathSeparator + old);
    Process process = shell.start();
    workers.add(process);
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(root.resolve("said.txt"))).contains("6 of 6 runs are complete.");
    // All by the worker: each folder is the one that it answered.
    Set<String> answered = new TreeSet<>();
    for (String line : Files.readAllLines(root.resolve("answers.jsonl"))) {
      if (line.startsWith("{\"message\":\"finished\"")) {
        answered.add(JSON.readTree(line).path("folder").asText());
      }
    }
    assertThat(answered).hasSize(6);
    assertThat(answered)
        .allSatisfy(
            folder -> assertThat(root.resolve("results").resolve(folder)).isNotEmptyDirectory());
    assertThat(root.resolve("results/smoke/report.html")).isNotEmptyFile();
  }

  @Test
  void theTablesOnThePageAreTheMessages() throws Exception {
    Map<String, List<String>> onPage = new LinkedHashMap<>();
    List<String> fields = new ArrayList<>();
    Pattern row = Pattern.compile("\\| (?:`(\\w+)` )?\\| (?:`(\\w+)` )?\\|.*");
    for (String line : Files.readAllLines(PAGE)) {
      Matcher matcher = row.matcher(line);
      if (matcher.matches() && !line.startsWith("| |  |")) {
        if (matcher.group(1) != null) {
          fields = new ArrayList<>();
          onPage.put(matcher.group(1), fields);
        }
        if (matcher.group(2) != null) {
          fields.add(matcher.group(2));
        }
      }
    }
    Map<String, List<String>> messages = new LinkedHashMap<>();
    for (JsonSubTypes.Type type : Message.class.getAnnotation(JsonSubTypes.class).value()) {
      messages.put(type.name(), components(type.value()));
    }
    assertThat(onPage).isEqualTo(messages);
    String page = Files.readString(PAGE);
    assertThat(Stream.concat(Stream.of("epoch"), Metric.COLUMNS.stream().map(Metric::field)))
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    assertThat(components(Environment.class))
        .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}

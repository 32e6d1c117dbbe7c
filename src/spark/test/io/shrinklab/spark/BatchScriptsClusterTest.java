package io.shrinklab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.shrinklab.command.CommandLineInterface;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code docs/worker.md}, started as a scheduler would, one task after another. */
class BatchScriptsClusterTest {
  private static final Path PAGE = Path.of("docs/worker.md");
  private static final int TASKS = 2;

  @TempDir Path root;

  private Path results;

  @BeforeEach
  void plan() throws IOException {
    results = root.resolve("results");
    Files.createDirectories(root.resolve("lib"));
    archive();
    Files.writeString(
        root.resolve("runs.jsonl"),
        shrinklab("plan", "smoke", "--json", "--together", "--results", results.toString()));
    assertThat(root.resolve("runs.jsonl")).content().hasLineCount(2).contains("\"runs\"");
  }

  private static String shrinklab(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineInterface.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    assertThat(code).as("%s%s", out, err).isZero();
    return out.toString();
  }

  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private void task(List<String> command, Map<String, String> scheduler) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
    builder.redirectOutput(new File(root.toFile(), "task.log"));
    builder.environment().putAll(scheduler);
    builder.environment().put("SHRINKLAB", root.toString());
    Process process = builder.start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(root.resolve("task.log"))).isZero();
  }

  private void assertComplete() {
    assertThat(shrinklab("run", "smoke", "--results", results.toString(), "--jobs", "1"))
        .contains("6 of 6 runs are complete");
    assertThat(shrinklab("plan", "smoke", "--results", results.toString())).contains("6 runs done");
  }

  @Test
  void theArrayJobOfSlurm() throws Exception {
    Path script = Files.writeString(root.resolve("slurm.sh"), block("bash"));
    for (int task = 0; task < TASKS; task++) {
      task(
          List.of("bash", script.toString(), "smoke", "runs.jsonl", results.toString()),
          Map.of("SLURM_ARRAY_TASK_ID", "" + task, "SLURM_ARRAY_TASK_COUNT", "" + TASKS));
      assertThat(root.resolve("answers-" + task + ".jsonl")).content().contains("finished");
    }
    assertComplete();
  }

  @Test
  void theIndexedJobOfKubernetes() throws Exception {
    JsonNode job = new YAMLMapper().readTree(block("yaml"));
    assertThat(job.at("/spec/completionMode").asText()).isEqualTo("Indexed");
    JsonNode container = job.at("/spec/template/spec/containers/0");
    String script = container.at("/args/0").asText();
    assertThat(container.at("/command").toString()).isEqualTo("[\"sh\",\"-ec\"]");
    for (int task = 0; task < TASKS; task++) {
      task(
          List.of("sh", "-ec", script),
          Map.of("JOB_COMPLETION_INDEX", "" + task, "TASKS", "" + TASKS));
      assertThat(root.resolve("task.log")).content().contains("finished");
    }
    assertComplete();
  }

  /** What lies in the archive's lib, here one jar that names the places of this class path. */
  private void archive() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    StringBuilder places = new StringBuilder();
    for (String place : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
      places.append(Path.of(place).toUri()).append(' ');
    }
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, places.toString());
    Path jar = root.resolve("lib").resolve("all.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}

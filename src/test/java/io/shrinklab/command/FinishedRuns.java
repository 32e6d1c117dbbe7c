package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The runs of a sweep that are complete at a moment. Whatever comes, they stay: the same files,
 * written once, and trained no more.
 */
final class FinishedRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path sweep;
  private final Path memory;
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, Long> trainings = new TreeMap<>();

  private FinishedRuns(Path sweep, Path memory) {
    this.sweep = sweep;
    this.memory = memory;
  }

  /**
   * Looks at a sweep.
   *
   * @param memory where stand-ins of workers remember what they trained; nothing is there of others
   */
  static FinishedRuns of(Path sweep, Path memory) throws IOException {
    FinishedRuns finished = new FinishedRuns(sweep, memory);
    for (Path folder : finished.folders()) {
      JsonNode run = JSON.readTree(folder.resolve("run.json").toFile());
      if (!run.path("status").asText().equals("FAILED")) {
        finished.add(folder, run);
      }
    }
    return finished;
  }

  /** By their names alone: beside them a worker that lives on may rename its own. */
  private List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    for (Path variant : children(sweep.resolve("runs"))) {
      for (Path run : children(variant)) {
        if (run.getFileName().toString().matches("seed-\\d+-[0-9a-f]{8}")) {
          folders.add(run);
        }
      }
    }
    return folders;
  }

  private static List<Path> children(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : Arrays.stream(names).map(folder::resolve).toList();
  }

  private void add(Path folder, JsonNode run) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path file : inside.toList()) {
        files.put(file.toString(), written(file));
      }
    }
    String label = run.path("variant").asText() + " seed " + run.path("seed").asText();
    trainings.put(label, trainings(label));
  }

  /** Which file it is on the disk, and when it was written: of a copy with equal bytes another. */
  private static String written(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.fileKey() + " " + attributes.lastModifiedTime();
  }

  private long trainings(String label) throws IOException {
    Path trained = memory.resolve("trained");
    if (!Files.exists(trained)) {
      return 0;
    }
    String line = sweep + " " + label;
    try (Stream<String> lines = Files.lines(trained)) {
      return lines.filter(line::equals).count();
    }
  }

  /** How many. */
  int count() {
    return trainings.size();
  }

  /** Fails unless all are still the same. */
  void assertKept(String history) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = Path.of(file.getKey());
      assertThat(path).as(history).exists();
      assertThat(written(path))
          .as("when %s was written; %s", path, history)
          .isEqualTo(file.getValue());
    }
    for (Map.Entry<String, Long> run : trainings.entrySet()) {
      assertThat(trainings(run.getKey()))
          .as("trainings of %s, which was complete; %s", run.getKey(), history)
          .isEqualTo(run.getValue());
    }
  }
}

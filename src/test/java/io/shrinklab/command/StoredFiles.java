package io.shrinklab.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a sweep leaves in its folder, as it must be however it was interrupted: every file and
 * folder, the final tables and the runs' files with their content, but for times and what is
 * printed.
 */
final class StoredFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keys of {@code provenance} that are times. */
  private static final List<String> TIMES = List.of("startedAt", "endedAt", "seconds");

  /** Files of a run with times in them, whose size and checksum differ for that. */
  private static final List<String> TIMED = List.of("metrics.csv", "run.log");

  private StoredFiles() {}

  /** What is comparable of each file, by its path; of a folder that it is there. */
  static Map<String, String> read(Path sweep) throws IOException {
    Map<String, String> contents = new TreeMap<>(Tables.read(sweep));
    try (Stream<Path> files = Files.walk(sweep)) {
      for (Path file : files.toList()) {
        String name = sweep.relativize(file).toString().replace('\\', '/');
        // What is left half-written is too much by its name already, and need be no table.
        boolean whole = !name.contains(".incomplete-") && !name.contains(".replaced-");
        contents.putIfAbsent(name, name.startsWith("runs/") && whole ? content(file) : "");
      }
    }
    return contents;
  }

  /** What a sweep has to clear away before it ends, whatever happened in it. */
  static List<Path> leftovers(Path sweep) throws IOException {
    try (Stream<Path> files = Files.walk(sweep)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*(incomplete|replaced|logs).*"))
          .toList();
    }
  }

  private static String content(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".csv")) {
      return Tables.withoutTimes(Files.readString(file));
    }
    if (name.endsWith(".npz")) {
      return HexFormat.of().formatHex(Files.readAllBytes(file));
    }
    return name.equals("run.json") ? timeless(file) : "";
  }

  private static String timeless(Path file) throws IOException {
    ObjectNode run = (ObjectNode) JSON.readTree(file.toFile());
    // Over everything before it, times too.
    run.remove("sha256");
    ((ObjectNode) run.get("provenance")).remove(TIMES);
    JsonNode seals = run.get("files");
    for (String timed : TIMED) {
      ((ObjectNode) seals).replace(timed, null);
    }
    return run.toPrettyString();
  }
}

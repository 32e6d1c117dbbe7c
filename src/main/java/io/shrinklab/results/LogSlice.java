package io.shrinklab.results;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a worker printed during one run: its log from a place on, and of that the end, so that a run
 * that prints without bound fills no disk twice.
 *
 * @param file the worker's log
 * @param start where the run begins in it
 */
public record LogSlice(Path file, long start) implements Content {
  /** Bytes kept of a run's log. */
  private static final int LIMIT = 256 * 1024;

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes());
  }

  private byte[] bytes() throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(start, log.length() - LIMIT);
      byte[] bytes = new byte[(int) Math.max(0, log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      return bytes;
    }
  }

  /** Its lines; none when it cannot be read. */
  public List<String> lines() {
    try {
      return new String(bytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last line with a letter in it; empty when there is none. */
  public String lastLine() {
    return lines().stream()
        .filter(line -> line.chars().anyMatch(Character::isLetter))
        .reduce((earlier, later) -> later)
        .orElse("")
        .strip();
  }
}

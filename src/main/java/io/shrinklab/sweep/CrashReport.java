package io.shrinklab.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a virtual machine writes when native code crashes it, or memory for itself runs out: a file
 * beside the worker's log.
 */
final class CrashReport {
  /** The frame is named near the top; the rest, megabytes at times, is of no use here. */
  private static final int LINES = 40;

  private CrashReport() {}

  /** Where it is written; {@code %p} stands for the process id. */
  static Path path(Path log, String pid) {
    return log.resolveSibling("crash-" + pid + ".log").toAbsolutePath();
  }

  /** The first lines of a process's report; none when there is no report. */
  static List<String> top(Path log, long pid) {
    // Latin 1 reads any bytes: a crash report need not be text throughout.
    try (Stream<String> lines =
        Files.lines(path(log, Long.toString(pid)), StandardCharsets.ISO_8859_1)) {
      return lines.limit(LINES).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | UncheckedIOException e) {
      return List.of("# It cannot be read: " + e.getMessage());
    }
  }

  /** The frame that crashed, {@code C [libtorch_cpu.so+0x1f]}, say. */
  static String frame(List<String> top) {
    int title = top.indexOf("# Problematic frame:");
    return title < 0 || title + 1 >= top.size()
        ? "an unknown frame"
        : top.get(title + 1).replaceFirst("^#", "").strip().replaceAll("\\s+", " ");
  }
}

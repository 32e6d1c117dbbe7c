package io.shrinklab.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a virtual machine writes when native code crashes it, beside the worker's log. */
final class CrashReport {
  /** The frame is named near the top; the rest, megabytes at times, is of no use here. */
  private static final int LINES = 40;

  private CrashReport() {}

  /** Where it is written; {@code %p} stands for the process id. */
  static Path path(Path log, String pid) {
    return log.resolveSibling("crash-" + pid + ".log").toAbsolutePath();
  }

  /** The frame that crashed, {@code C [libtorch_cpu.so+0x1f]}, say; null without a report. */
  static @Nullable String frame(Path log, long pid) {
    Path report = path(log, Long.toString(pid));
    if (!Files.exists(report)) {
      return null;
    }
    // Latin 1 reads any bytes: a crash report need not be text throughout.
    try (Stream<String> lines = Files.lines(report, StandardCharsets.ISO_8859_1)) {
      List<String> top = lines.limit(LINES).toList();
      int title = top.indexOf("# Problematic frame:");
      return title < 0 || title + 1 >= top.size()
          ? "an unknown frame"
          : top.get(title + 1).replaceFirst("^#", "").strip().replaceAll("\\s+", " ");
    } catch (IOException e) {
      return "an unknown frame";
    }
  }
}

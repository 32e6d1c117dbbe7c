package io.shrinklab.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * {@code .report}: what a report was made of, and the size and time of each of its files, so that
 * the same report is not made twice. Times tell changes as they do in make: no file is read again.
 */
final class ReportStamp {
  static final String NAME = ".report";

  private ReportStamp() {}

  /**
   * Of a report that was just written.
   *
   * @param source what it was made of, in one line
   */
  static Content content(ReportFolder report, String source) {
    return out -> out.write(text(report, source).getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the report that is there was made of this, and none of its files was touched since. */
  static boolean holds(Path stamp, ReportFolder report, String source) throws IOException {
    return Entry.isFile(stamp)
        && new String(Files.readAllBytes(stamp), StandardCharsets.UTF_8)
            .equals(text(report, source));
  }

  private static String text(ReportFolder report, String source) throws IOException {
    StringBuilder text = new StringBuilder(source).append('\n');
    for (Path file : report.files()) {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      text.append(found.size()).append(' ');
      text.append(found.lastModifiedTime().to(TimeUnit.NANOSECONDS)).append(' ');
      text.append(file.getFileName()).append('\n');
    }
    return text.toString();
  }
}

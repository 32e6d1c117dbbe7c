package io.shrinklab.report;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A file of the report, not yet written.
 *
 * @param path where it belongs, relative to the sweep's folder, with {@code /}: {@code
 *     charts/underfitting.png}
 * @param content writes the file's bytes; may be called more than once, and leaves the stream open
 */
public record ReportFile(String path, Content content) {

  /** Writes bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out} and leaves it open. */
    void writeTo(OutputStream out) throws IOException;
  }
}

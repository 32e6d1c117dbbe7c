package io.shrinklab.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * A file of the report, not yet written.
 *
 * @param path where it belongs, relative to the sweep's folder, with {@code /}: {@code
 *     charts/underfitting.png}
 * @param content writes the file's bytes; may be called more than once, and leaves the stream open
 */
public record ReportFile(String path, Content content) {

  /** The same, made beside what the caller goes on with, and held in memory until it is written. */
  ReportFile ahead() {
    CompletableFuture<byte[]> bytes =
        CompletableFuture.supplyAsync(
            () -> {
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              try {
                content.writeTo(out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return out.toByteArray();
            });
    return new ReportFile(path, out -> out.write(bytes.join()));
  }

  /** Writes bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out} and leaves it open. */
    void writeTo(OutputStream out) throws IOException;
  }
}

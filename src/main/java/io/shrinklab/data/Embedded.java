package io.shrinklab.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A gzipped text file embedded in this program; sources and licences are beside it in SOURCES.md.
 *
 * @param bytes uncompressed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Embedded(byte[] bytes) {
  /** Reads one. */
  static Embedded read(String name) {
    try (InputStream resource = Embedded.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException(name + " is not in this program's jar");
      }
      return new Embedded(new GZIPInputStream(resource).readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(name + " in this program's jar cannot be read", e);
    }
  }

  /** Its lines. */
  List<String> lines() {
    return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
  }
}

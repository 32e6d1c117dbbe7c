package io.shrinklab.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** The chunks of a PNG file, whose checksums Java's reader passes over. */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;

  private PngChunks() {}

  /**
   * Reads a file to its last chunk: each begins with its length and its type and ends with the
   * CRC-32 of type and data (ISO/IEC 15948, 5.3).
   *
   * @throws IOException where a checksum does not fit, or the file ends too soon
   */
  static void check(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), crc))) {
      in.skipNBytes(SIGNATURE_BYTES);
      String type;
      do {
        long length = Integer.toUnsignedLong(in.readInt());
        crc.reset();
        type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        in.skipNBytes(length);
        int actual = (int) crc.getValue();
        if (in.readInt() != actual) {
          throw new IOException("the checksum of its chunk " + type + " does not fit its content");
        }
      } while (!type.equals("IEND"));
    } catch (EOFException e) {
      throw new IOException("it ends before its last chunk", e);
    }
  }
}

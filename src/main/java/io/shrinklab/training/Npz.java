package io.shrinklab.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An NPZ archive in the making: arrays by name, as NumPy reads them. */
final class Npz {
  /**
   * A time that every zone writes alike: for the first moment that an archive can name, Java adds
   * the moment in universal time.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** How a file in NumPy's format begins, with its version. */
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream archive = new ZipOutputStream(bytes);

  Npz() {
    // Bits of weights hardly compress, and trying takes longer than an epoch.
    archive.setMethod(ZipOutputStream.STORED);
  }

  /** Adds float32 values of a shape. */
  Npz floats(String name, FloatBuffer values, long... shape) {
    ByteBuffer content = content("<f4", Float.BYTES * (long) values.remaining(), shape);
    content.asFloatBuffer().put(values);
    return store(name, content);
  }

  /** Adds float64 values, one after the other. */
  Npz doubles(String name, double... values) {
    ByteBuffer content = content("<f8", (long) Double.BYTES * values.length, values.length);
    content.asDoubleBuffer().put(values);
    return store(name, content);
  }

  /** Adds int32 values, one after the other. */
  Npz ints(String name, int... values) {
    ByteBuffer content = content("<i4", (long) Integer.BYTES * values.length, values.length);
    content.asIntBuffer().put(values);
    return store(name, content);
  }

  /** Adds texts, one after the other: code points, padded with 0 to the longest. */
  Npz texts(String name, List<String> texts) {
    int longest = 1;
    for (String text : texts) {
      longest = Math.max(longest, text.codePointCount(0, text.length()));
    }
    ByteBuffer content =
        content("<U" + longest, (long) Integer.BYTES * longest * texts.size(), texts.size());
    for (String text : texts) {
      int[] points = text.codePoints().toArray();
      for (int i = 0; i < longest; i++) {
        content.putInt(i < points.length ? points[i] : 0);
      }
    }
    return store(name, content);
  }

  /** The archive, to which nothing can be added any more. */
  byte[] done() {
    try {
      archive.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A header in NumPy's format, version 1.0 (NEP 1), and room for the values behind it. */
  private static ByteBuffer content(String type, long size, long... shape) {
    String lengths =
        LongStream.of(shape).mapToObj(length -> length + ",").collect(Collectors.joining(" "));
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, lengths);
    // Magic, version, length and header together are a multiple of 64, the last byte a line's end.
    int length = (MAGIC.length + 2 + header.length() + 1 + 63) / 64 * 64;
    ByteBuffer content =
        ByteBuffer.allocate(Math.toIntExact(length + size)).order(ByteOrder.LITTLE_ENDIAN);
    content.put(MAGIC).putShort((short) (length - MAGIC.length - 2));
    content.put(header.getBytes(StandardCharsets.US_ASCII));
    while (content.position() < length - 1) {
      content.put((byte) ' ');
    }
    return content.put((byte) '\n');
  }

  /** An entry that bears no time of day and no time zone: equal arrays are equal files. */
  @SuppressWarnings("ByteBufferBackingArray") // Made by content, of a whole array.
  private Npz store(String name, ByteBuffer content) {
    byte[] all = content.array();
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(TIME);
    entry.setSize(all.length);
    CRC32 checksum = new CRC32();
    checksum.update(all);
    entry.setCrc(checksum.getValue());
    try {
      archive.putNextEntry(entry);
      archive.write(all);
      archive.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}

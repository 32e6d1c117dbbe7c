package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An image set as one file of bytes that all workers map: the pages are in memory once, however
 * many processes read them.
 *
 * <p>Layout: 8 bytes magic, 32 bytes SHA-256 of all that follows the header, the rows and the pool
 * (int), then a class byte per row, then the pixels, row after row.
 */
final class ImageCache {
  private static final byte[] MAGIC = "shrnklb1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH = 32;
  private static final int HEADER = 8 + HASH + 4 + 4;

  private ImageCache() {}

  /**
   * Writes a cache file; it appears under its name whole or not at all.
   *
   * @param file where
   * @param classes a byte per row
   * @param pixels writes the pixels to the channel that it is given
   */
  static void write(Path file, byte[] classes, int pool, PixelSource pixels)
      throws IOException, DataException {
    whole(
        file,
        channel -> {
          MessageDigest digest = Sha256.digest();
          channel.position(HEADER);
          digest.update(classes);
          writeAll(channel, ByteBuffer.wrap(classes));
          pixels.writeTo(
              bytes -> {
                digest.update(bytes);
                writeAll(channel, ByteBuffer.wrap(bytes));
              });
          ByteBuffer header = ByteBuffer.allocate(HEADER);
          header.put(MAGIC).put(digest.digest()).putInt(classes.length).putInt(pool).flip();
          channel.position(0);
          writeAll(channel, header);
        });
  }

  /** Writes any file of a cache, so that it appears under its name whole or not at all. */
  static void whole(Path file, Writing writing) throws IOException, DataException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " has no folder");
    }
    Path unfinished = Files.createTempFile(folder, file.getFileName() + ".", ".part");
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        writing.to(channel);
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Maps a cache file.
   *
   * @return the set, or null when the file is not there or not whole
   */
  static @Nullable Source map(Path file, ImageSet set) throws IOException {
    if (!looksWhole(file, set)) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      byte[] magic = new byte[MAGIC.length];
      byte[] stored = new byte[HASH];
      all.get(magic).get(stored);
      int rows = all.getInt();
      int pool = all.getInt();
      MessageDigest digest = Sha256.digest();
      digest.update(all.slice(HEADER, all.capacity() - HEADER));
      if (!Arrays.equals(magic, MAGIC)
          || rows != rows(set)
          || !Arrays.equals(stored, digest.digest())) {
        return null;
      }
      int[] classes = new int[rows];
      for (int row = 0; row < rows; row++) {
        classes[row] = all.get(HEADER + row);
      }
      int pixels = HEADER + rows;
      return new Source(
          new Pixels(all.slice(pixels, all.capacity() - pixels), rows, set.image(), 255f),
          new Classes(classes, ImageSet.CLASSES),
          pool,
          0,
          HexFormat.of().formatHex(stored));
    }
  }

  /** What a cache file holds; null when it is not there or not whole. */
  static @Nullable ImageContent content(Path file, ImageSet set) throws IOException {
    Source whole = map(file, set);
    return whole == null
        ? null
        : ImageContent.of(set, classes(whole), ((Pixels) whole.features()).pixels());
  }

  private static ByteBuffer classes(Source whole) {
    int[] values = ((Classes) whole.labels()).values();
    ByteBuffer classes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      classes.put((byte) value);
    }
    return classes.rewind();
  }

  /** Whether the file is there in full length; its content is compared with its hash by map. */
  static boolean looksWhole(Path file, ImageSet set) throws IOException {
    Shape image = set.image();
    return Files.isRegularFile(file) && Files.size(file) == HEADER + rows(set) * (1 + image.size());
  }

  private static int rows(ImageSet set) {
    return set.trainRows() + ImageSet.TEST_ROWS;
  }

  static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** What is to stand in a file. */
  interface Writing {
    /** Writes all of it. */
    void to(FileChannel channel) throws IOException, DataException;
  }

  /** Where pixels go. */
  interface PixelSink {
    /** Takes the next rows. */
    void accept(byte[] pixels) throws IOException;
  }

  /** Where pixels come from. */
  interface PixelSource {
    /** Gives all rows in order. */
    void writeTo(PixelSink sink) throws IOException, DataException;
  }
}

package io.shrinklab.data;

import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * What an image set's files hold, however they are packed.
 *
 * @param sha256 over the classes of all rows and then their pixels, in hex: as runs record it
 * @param published whether it is what the set's authors published
 */
record ImageContent(String sha256, boolean published) {

  /**
   * Of a set in memory.
   *
   * @param classes a byte per row, the test part's last
   * @param pixels of the same rows, channels first
   */
  static ImageContent of(ImageSet set, ByteBuffer classes, ByteBuffer pixels) {
    MessageDigest digest = Sha256.digest();
    digest.update(classes.duplicate().rewind());
    digest.update(pixels.duplicate().rewind());
    return new ImageContent(
        Sha256.hex(digest), set.published().stream().allMatch(file -> file.isIn(classes, pixels)));
  }

  /**
   * Of a set's files, read without DJL's loader and so without an engine.
   *
   * @throws DataException when they are not what such files must be
   */
  static ImageContent of(ImageSet set, LocalImages files) throws DataException, IOException {
    int rows = set.trainRows() + ImageSet.TEST_ROWS;
    ByteBuffer classes = ByteBuffer.allocate(rows);
    ByteBuffer pixels = ByteBuffer.allocate(Math.toIntExact(rows * set.image().size()));
    files.read(
        (file, offset, bytes) -> put(set.files().get(file), offset, bytes, set, classes, pixels));
    return of(set, classes, pixels);
  }

  private static void put(
      ImageFile file,
      long offset,
      ByteBuffer bytes,
      ImageSet set,
      ByteBuffer classes,
      ByteBuffer pixels) {
    int first = file.firstRow();
    int image = Math.toIntExact(set.image().size());
    int header = Integer.BYTES * file.header().size();
    int row = file.holds().rowBytes(image);
    long at = offset;
    while (bytes.hasRemaining()) {
      if (at < header) {
        int skip = (int) Math.min(header - at, bytes.remaining());
        bytes.position(bytes.position() + skip);
        at += skip;
        continue;
      }
      int number = first + (int) ((at - header) / row);
      int within = (int) ((at - header) % row);
      int label = file.holds().labels();
      if (within < label) {
        classes.put(number, bytes.get());
        at++;
        continue;
      }
      int length = Math.min(row - within, bytes.remaining());
      pixels.put(number * image + within - label, bytes, bytes.position(), length);
      bytes.position(bytes.position() + length);
      at += length;
    }
  }
}

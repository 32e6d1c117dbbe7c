package io.shrinklab.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A file of an image set as its authors published it, told by a hash of its uncompressed bytes that
 * is publicly known.
 *
 * @param start first of its rows, counted over the whole set, its test part last
 * @param end the row after its last
 * @param labels whether it holds a byte per row for the class
 * @param images whether it holds the pixels, after the class where it holds both
 * @param prefix what is hashed before the rows
 * @param algorithm of the hash
 * @param digest in hex
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record PublishedFile(
    int start,
    int end,
    boolean labels,
    boolean images,
    byte[] prefix,
    String algorithm,
    String digest) {

  /** The four files of a set in LeCun's format, in the order of {@link ImageFile}s. */
  static List<PublishedFile> idx(List<ImageFile> files, List<String> md5) {
    int train = files.get(0).header().get(1);
    int all = train + files.get(2).header().get(1);
    return List.of(
        idx(0, train, false, files.get(0), md5.get(0)),
        idx(0, train, true, files.get(1), md5.get(1)),
        idx(train, all, false, files.get(2), md5.get(2)),
        idx(train, all, true, files.get(3), md5.get(3)));
  }

  private static PublishedFile idx(
      int start, int end, boolean labels, ImageFile file, String digest) {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES * file.header().size());
    file.header().forEach(header::putInt);
    return new PublishedFile(start, end, labels, !labels, header.array(), "MD5", digest);
  }

  /**
   * A file of rows that are a class and an image each.
   *
   * @param rowBytes of a row
   * @param digest as git names the file's content: SHA-1 after a line that tells its length
   */
  static PublishedFile rows(int start, int end, int rowBytes, String digest) {
    byte[] prefix = ("blob " + (end - start) * rowBytes + "\0").getBytes(StandardCharsets.US_ASCII);
    return new PublishedFile(start, end, true, true, prefix, "SHA-1", digest);
  }

  /**
   * Whether these rows are the file's.
   *
   * @param classes of all rows of the set
   * @param pixels of all rows of the set
   */
  boolean isIn(ByteBuffer classes, ByteBuffer pixels) {
    MessageDigest found;
    try {
      found = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    found.update(prefix);
    int image = pixels.capacity() / classes.capacity();
    if (labels && images) {
      for (int row = start; row < end; row++) {
        found.update(classes.get(row));
        found.update(pixels.slice(row * image, image));
      }
    } else if (labels) {
      found.update(classes.slice(start, end - start));
    } else {
      found.update(pixels.slice(start * image, (end - start) * image));
    }
    return HexFormat.of().formatHex(found.digest()).equals(digest);
  }
}

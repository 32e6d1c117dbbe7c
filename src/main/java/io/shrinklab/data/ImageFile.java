package io.shrinklab.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of an image set, as DJL's loader names it, and what it must hold.
 *
 * @param item DJL's name for it
 * @param names names under which people have it, plain or gzipped: alternatives, each one file or
 *     several to be read one after the other
 * @param header the big-endian numbers that it begins with
 * @param bytes its length, uncompressed, header included
 * @param firstRow of the set that it holds, counted over the whole set, the test part last
 * @param holds what of a row
 */
record ImageFile(
    String item,
    List<List<String>> names,
    List<Integer> header,
    long bytes,
    int firstRow,
    Holds holds) {

  /** What of a row a file holds. */
  enum Holds {
    /** Its class, a byte. */
    LABEL,
    /** Its pixels. */
    IMAGE,
    /** Its class and then its pixels. */
    BOTH;

    /** Bytes of a row's class. */
    int labels() {
      return this == IMAGE ? 0 : 1;
    }

    /** Bytes of a row. */
    int rowBytes(int image) {
      return labels() + (this == LABEL ? 0 : image);
    }
  }

  /**
   * A file in LeCun's idx format: 0, 0, 8 for unsigned bytes, the number of dimensions, their
   * sizes, the values.
   */
  static ImageFile idx(String item, String name, int firstRow, int... sizes) {
    List<Integer> header = new ArrayList<>(List.of(0x800 + sizes.length));
    long values = 1;
    for (int size : sizes) {
      values *= size;
    }
    Arrays.stream(sizes).forEach(header::add);
    return new ImageFile(
        item,
        List.of(List.of(name)),
        header,
        4L * header.size() + values,
        firstRow,
        sizes.length == 1 ? Holds.LABEL : Holds.IMAGE);
  }

  /**
   * The first class among a piece of it that the sets here do not have.
   *
   * @param offset of the piece in the file
   * @param image bytes of an image
   * @return its place in the file; -1 where there is none
   */
  long wrongClass(long offset, ByteBuffer piece, int image) {
    if (holds == Holds.IMAGE) {
      return -1;
    }
    long start = (long) Integer.BYTES * header.size();
    int row = holds.rowBytes(image);
    long rowsBefore = Math.max(0, Math.floorDiv(offset - start + row - 1, (long) row));
    for (long at = start + rowsBefore * row; at < offset + piece.remaining(); at += row) {
      if ((piece.get(piece.position() + (int) (at - offset)) & 0xff) >= ImageSet.CLASSES) {
        return at;
      }
    }
    return -1;
  }

  /** Its names where it is published in parts, in their order; one where it is not. */
  List<String> parts() {
    return names.get(names.size() - 1);
  }
}

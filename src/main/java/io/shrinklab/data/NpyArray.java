package io.shrinklab.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of whole numbers in NumPy's NPY format (versions 1 to 3, numpy.lib.format), in C order.
 *
 * @param shape its sizes
 * @param width bytes per value, little-endian: 1, 2, 4 or 8
 * @param signed whether values may be negative
 * @param bytes the values
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record NpyArray(List<Integer> shape, int width, boolean signed, byte[] bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
  private static final Pattern WHOLE = Pattern.compile("[|<]([uib])([1248])");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order':\\s*True");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  /**
   * Reads an array.
   *
   * @param where names it in messages
   * @param held bytes that the stream can hold at most, by what its file says and is
   * @param maxBytes more than this is refused before memory is taken
   */
  static NpyArray read(InputStream stream, String where, long held, long maxBytes)
      throws IOException, DataException {
    DataInputStream in = new DataInputStream(stream);
    try {
      String header = header(in, where);
      if (FORTRAN.matcher(header).find()) {
        throw new DataException(
            where + " is in Fortran order; C order is needed: save numpy.ascontiguousarray(a)");
      }
      Matcher type = TYPE.matcher(header);
      String found = type.find() ? type.group(1) : header.strip();
      Matcher whole = WHOLE.matcher(found);
      if (!whole.matches()) {
        throw new DataException(
            where + " has the type " + found + "; whole numbers are needed, best uint8");
      }
      List<Integer> shape = shape(header, where);
      int width = Integer.parseInt(whole.group(2));
      BigInteger claimed = BigInteger.valueOf(width);
      for (int length : shape) {
        claimed = claimed.multiply(BigInteger.valueOf(length));
      }
      if (claimed.compareTo(BigInteger.valueOf(maxBytes)) > 0) {
        throw new DataException(
            where + " has the shape " + shape + ", more than " + maxBytes + " bytes");
      }
      long size = claimed.longValueExact();
      if (size > held) {
        throw new DataException(
            where
                + " has the shape "
                + shape
                + ", "
                + size
                + " bytes; its file holds at most "
                + held
                + "; get it again from its source");
      }
      long heap = Runtime.getRuntime().maxMemory();
      if (size > heap) {
        throw new DataException(
            where
                + " has the shape "
                + shape
                + ", "
                + (size >> 20)
                + " MiB; this process may take "
                + (heap >> 20)
                + " MiB; take fewer rows, or give it more, with MAVEN_OPTS=-Xmx say");
      }
      byte[] bytes = new byte[(int) size];
      in.readFully(bytes);
      if (in.read() >= 0) {
        throw new DataException(where + " holds more values than its shape " + shape + " says");
      }
      return new NpyArray(shape, width, whole.group(1).equals("i"), bytes);
    } catch (EOFException e) {
      throw new DataException(where + " ends too early; get the file again from its source", e);
    }
  }

  private static String header(DataInputStream in, String where) throws IOException, DataException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw new DataException(where + " is not an NPY array of version 1 to 3");
    }
    int length = in.readUnsignedByte() | in.readUnsignedByte() << 8;
    if (version > 1) {
      length |= in.readUnsignedByte() << 16 | in.readUnsignedByte() << 24;
    }
    if (length < 0 || length > MAX_HEADER) {
      throw new DataException(where + " has a header of " + length + " bytes; it is damaged");
    }
    byte[] header = new byte[length];
    in.readFully(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static List<Integer> shape(String header, String where) throws DataException {
    Matcher matcher = SHAPE.matcher(header);
    if (!matcher.find()) {
      throw new DataException(where + " has no shape in its header: " + header.strip());
    }
    List<Integer> shape = new ArrayList<>();
    for (String size : matcher.group(1).split(",", -1)) {
      if (!size.isBlank()) {
        try {
          int length = Integer.parseInt(size.strip());
          if (length < 0) {
            throw new NumberFormatException("negative");
          }
          shape.add(length);
        } catch (NumberFormatException e) {
          throw new DataException(
              where
                  + " has the shape ("
                  + matcher.group(1)
                  + "); whole numbers from 0 to "
                  + Integer.MAX_VALUE
                  + " are needed; is the file damaged?",
              e);
        }
      }
    }
    return shape;
  }

  /** How many values. */
  int size() {
    return bytes.length / width;
  }

  /** A value as a number; from 2^63 on, which uint64 alone reaches, the largest there is. */
  long value(int index) {
    int top = bytes[index * width + width - 1];
    long value = signed ? top : top & 0xff;
    for (int i = width - 2; i >= 0; i--) {
      value = (value << 8) | (bytes[index * width + i] & 0xff);
    }
    return value < 0 && !signed ? Long.MAX_VALUE : value;
  }
}

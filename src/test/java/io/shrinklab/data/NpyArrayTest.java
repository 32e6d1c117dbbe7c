package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Byte by byte after numpy.lib.format: magic, version, length, header, values. */
class NpyArrayTest {
  static byte[] npy(String type, String shape, int... values) {
    String header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (int value : values) {
      out.write(value);
    }
    return out.toByteArray();
  }

  private static NpyArray read(byte[] bytes) throws IOException, DataException {
    return NpyArray.read(new ByteArrayInputStream(bytes), "x", 500, 1000);
  }

  @Test
  void readsBytesAndLittleEndianIntegers() throws IOException, DataException {
    NpyArray bytes = read(npy("|u1", "2, 1", 7, 255));
    assertThat(bytes.shape()).containsExactly(2, 1);
    assertThat(bytes.value(1)).isEqualTo(255);
    NpyArray wide = read(npy("<i2", "2,", 1, 2, 0xff, 0xff));
    assertThat(wide.value(0)).isEqualTo(0x0201);
    assertThat(wide.value(1)).isEqualTo(-1);
  }

  @Test
  void refusesWhatItCannotRead() {
    assertRefused(npy("<f4", "1,", 0, 0, 0, 0), "x has the type <f4; whole numbers are needed");
    assertRefused(npy(">i2", "1,", 0, 0), "x has the type >i2; whole numbers are needed");
    assertRefused(npy("|u1", "3,", 1, 2), "x ends too early");
    assertRefused(npy("|u1", "1,", 1, 2), "x holds more values than its shape [1] says");
    assertRefused(npy("|u1", "-3,", 1), "x has the shape (-3,)");
    assertRefused(new byte[100], "x is not an NPY array of version 1 to 3");
  }

  /** 60,000 x 60,000 bytes are never asked for. */
  @Test
  void refusesLargeShapesBeforeTakingMemory() {
    assertRefused(
        npy("|u1", "60000, 60000", 1), "x has the shape [60000, 60000], more than 1000 bytes");
  }

  /** 2^16 x 2^16 is 0 in 32 bits, 2^22 to the third 0 in 64; 4294967295 is -1 in 32. */
  @Test
  void refusesShapesThatWrap() {
    assertRefused(npy("|u1", "65536, 65536"), "x has the shape [65536, 65536], more than 1000");
    assertRefused(
        npy("|u1", "4194304, 4194304, 4194304"),
        "x has the shape [4194304, 4194304, 4194304], more than 1000 bytes");
    assertRefused(
        npy("|u1", "4294967295,", 1),
        "x has the shape (4294967295,); whole numbers from 0 to 2147483647 are needed");
    assertRefused(npy("|u1", "18446744073709551617,", 1), "x has the shape (18446744073709551617");
  }

  @Test
  void refusesMoreThanItsFileHoldsBeforeTakingMemory() {
    assertRefused(
        npy("<i8", "63,", 1),
        "x has the shape [63], 504 bytes; its file holds at most 500; get it again");
  }

  @Test
  void refusesMoreThanTheHeapBeforeTakingMemory() {
    long heap = Runtime.getRuntime().maxMemory();
    String shape = (heap >> 20) + 1 + ", 1048576";
    assertThatThrownBy(
            () ->
                NpyArray.read(
                    new ByteArrayInputStream(npy("|u1", shape)),
                    "x",
                    Long.MAX_VALUE,
                    Long.MAX_VALUE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("this process may take " + (heap >> 20) + " MiB; take fewer rows");
  }

  /** Two's complement where NumPy says i, and none where it says u. */
  @Test
  void signsAreThoseOfTheType() throws IOException, DataException {
    assertThat(read(npy("|i1", "2,", 0xff, 0x80)).value(0)).isEqualTo(-1);
    assertThat(read(npy("|i1", "2,", 0xff, 0x80)).value(1)).isEqualTo(-128);
    assertThat(read(npy("|b1", "1,", 1)).value(0)).isEqualTo(1);
    assertThat(read(npy("<u2", "1,", 0xff, 0xff)).value(0)).isEqualTo(65535);
    assertThat(read(npy("<u4", "1,", 0, 0, 0, 0x80)).value(0)).isEqualTo(1L << 31);
    assertThat(read(npy("<i4", "1,", 0, 0, 0, 0x80)).value(0)).isEqualTo(-(1L << 31));
    int[] all = {255, 255, 255, 255, 255, 255, 255, 255};
    assertThat(read(npy("<i8", "1,", all)).value(0)).isEqualTo(-1);
    assertThat(read(npy("<u8", "1,", all)).value(0)).isEqualTo(Long.MAX_VALUE);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }
}

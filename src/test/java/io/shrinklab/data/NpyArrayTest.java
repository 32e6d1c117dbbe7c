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
  private static byte[] npy(String type, String shape, int... values) {
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
    return NpyArray.read(new ByteArrayInputStream(bytes), "x", 1000);
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

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }
}

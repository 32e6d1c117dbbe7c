package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Sha256;
import java.util.List;

/** The embedded digits. */
final class Digits {
  private static final int CLASSES = 10;
  private static final float WHITE = 16;
  private static final Shape IMAGE = new Shape(1, 8, 8);

  private Digits() {}

  /** Reads the resource: 1,797 rows of 64 pixels 0..16 and the class. */
  static Source read() {
    Embedded csv = Embedded.read("digits.csv.gz");
    List<String> lines = csv.lines();
    int width = Math.toIntExact(IMAGE.size());
    byte[] pixels = new byte[DataSpec.Digits.ROWS * width];
    int[] classes = new int[DataSpec.Digits.ROWS];
    for (int row = 0; row < classes.length; row++) {
      String[] cells = lines.get(row).split(",", -1);
      for (int i = 0; i < width; i++) {
        pixels[row * width + i] = Byte.parseByte(cells[i]);
      }
      classes[row] = Integer.parseInt(cells[width]);
    }
    return new Source(
        Pixels.of(pixels, classes.length, IMAGE, WHITE),
        new Classes(classes, CLASSES),
        classes.length,
        0,
        Sha256.of(csv.bytes()));
  }
}

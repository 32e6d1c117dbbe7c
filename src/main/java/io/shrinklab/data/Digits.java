package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.experiment.DataSpec;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** The digits embedded in this program; source and licence are beside the resource. */
final class Digits {
  private static final String RESOURCE = "digits.csv.gz";
  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final float WHITE = 16;

  private Digits() {}

  /** Reads the resource: 1,797 rows of 64 pixels 0..16 and the class. */
  static Source read() {
    byte[] pixels = new byte[DataSpec.Digits.ROWS * PIXELS];
    int[] classes = new int[DataSpec.Digits.ROWS];
    try (InputStream resource = Digits.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not in this program's jar");
      }
      byte[] csv = new GZIPInputStream(resource).readAllBytes();
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.US_ASCII));
      for (int row = 0; row < classes.length; row++) {
        String[] cells = lines.readLine().split(",", -1);
        for (int i = 0; i < PIXELS; i++) {
          pixels[row * PIXELS + i] = Byte.parseByte(cells[i]);
        }
        classes[row] = Integer.parseInt(cells[PIXELS]);
      }
      return new Source(
          Features.of(pixels, classes.length, new Shape(PIXELS), WHITE),
          classes,
          CLASSES,
          classes.length,
          Sha256.of(csv));
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " in this program's jar cannot be read", e);
    }
  }
}

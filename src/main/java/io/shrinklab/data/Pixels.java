package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Images as bytes, kept once; runs get float32 rows of their own.
 *
 * @param pixels a direct buffer of unsigned bytes, row after row
 * @param rows how many images
 * @param image shape of one row, without the batch axis
 * @param white the byte that becomes 1
 */
record Pixels(ByteBuffer pixels, int rows, Shape image, float white) implements Features {

  Pixels {
    if (!pixels.isDirect() || pixels.capacity() != rows * image.size()) {
      throw new IllegalArgumentException(
          pixels + " does not hold " + rows + " images of shape " + image);
    }
  }

  /** From an array in memory. */
  static Pixels of(byte[] pixels, int rows, Shape image, float white) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length);
    buffer.put(pixels).rewind();
    return new Pixels(buffer, rows, image, white);
  }

  /** Images are not standardized: 0..1 is their scale. */
  @Override
  public Pixels fitted(int[] train) {
    return this;
  }

  @Override
  public void digestRow(int row, MessageDigest digest) {
    int length = Math.toIntExact(image.size());
    digest.update(pixels.duplicate().position(row * length).limit((row + 1) * length));
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    if (chosen.length == 0) {
      return manager.create(new Shape(0).addAll(image), DataType.FLOAT32);
    }
    try (NDManager scratch = manager.newSubManager()) {
      // Wraps the buffer's memory without a copy.
      NDArray all =
          scratch.create(pixels.duplicate(), new Shape(rows).addAll(image), DataType.UINT8);
      // Indexing copies into memory of the engine's own, whose alignment is always the same.
      NDArray taken = all.get(scratch.create(chosen)).toType(DataType.FLOAT32, false);
      taken.divi(white);
      taken.attach(manager);
      return taken;
    }
  }
}

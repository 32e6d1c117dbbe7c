package io.shrinklab.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * The bits of floats as integers and back, by passing them through a buffer: the JIT compiler
 * vectorizes loops over either, but not {@code floatToRawIntBits}.
 */
public final class FloatBits {
  private final FloatBuffer asFloats;
  private final IntBuffer asInts;

  /**
   * For so many numbers at once.
   *
   * @param most small enough to stay in the first-level cache
   */
  public FloatBits(int most) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(most * Float.BYTES).order(ByteOrder.nativeOrder());
    asFloats = memory.asFloatBuffer();
    asInts = memory.asIntBuffer();
  }

  /** Sets {@code into[0..count)} to the bits of {@code values[from..from + count)}. */
  public void of(float[] values, int from, int count, int[] into) {
    asFloats.put(0, values, from, count);
    asInts.get(0, into, 0, count);
  }

  /** Sets {@code into[0..count)} to the floats that have the bits {@code bits[0..count)}. */
  public void floats(int[] bits, int count, float[] into) {
    asInts.put(0, bits, 0, count);
    asFloats.get(0, into, 0, count);
  }
}

package io.shrinklab.tensor;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A float32 array on the CPU, and its own memory as Java sees it: what is written to the one is
 * read in the other. Penalties and optimizers work on the memory, since one pass in Java costs a
 * third of the passes that the same expression takes as engine operations, each with a temporary
 * array.
 *
 * @param array the engine's handle; owns the memory, which is valid until it is closed
 * @param memory its elements, row by row
 * @param groups length of the first axis: neurons of a dense layer, filters of a convolution; 1 for
 *     a scalar
 */
public record Tensor(NDArray array, FloatBuffer memory, int groups) {

  /**
   * Opens an array's memory.
   *
   * @throws IllegalArgumentException when the array is not contiguous float32 memory on the CPU
   */
  public static Tensor of(NDArray array) {
    var bytes = array.toByteBuffer(true);
    if (!bytes.isDirect() || bytes.capacity() != array.size() * Float.BYTES) {
      throw new IllegalArgumentException(
          "penalties need contiguous float32 arrays on the CPU, this is "
              + array.getDataType()
              + " on "
              + array.getDevice());
    }
    int groups = array.getShape().dimension() == 0 ? 1 : Math.toIntExact(array.getShape().get(0));
    return new Tensor(array, bytes.order(ByteOrder.nativeOrder()).asFloatBuffer(), groups);
  }

  /** How many elements. */
  public int size() {
    return memory.limit();
  }

  /** How many elements a group has: a neuron's incoming weights, or a filter. */
  public int groupLength() {
    return Math.max(1, size() / Math.max(1, groups));
  }

  /** A sum over all elements. */
  public double sum(Portions.Sum kernel) {
    return Portions.sum(memory, 1, kernel);
  }
}

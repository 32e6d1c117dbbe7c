package io.shrinklab.tensor;

import ai.djl.ndarray.NDArray;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The memory of a float32 array on the CPU as Java sees it: what is written to the one is read in
 * the other. Penalties and optimizers work on the memory, since one pass in Java costs a third of
 * the passes that the same expression takes as engine operations, each with a temporary array.
 *
 * @param memory its elements, row by row; valid until the array is closed
 * @param groups length of the first axis: neurons of a dense layer, filters of a convolution; 1 for
 *     a scalar
 */
public record Tensor(FloatBuffer memory, int groups) {

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
    return new Tensor(bytes.order(ByteOrder.nativeOrder()).asFloatBuffer(), groups);
  }

  /**
   * The memory of an array that was just computed, and so is contiguous and of a size that is
   * known: to ask the engine for the shape takes as long as small operations.
   */
  public static FloatBuffer memory(NDArray computed) {
    return computed.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /**
   * One of several arrays of the same shape that lie one after the other.
   *
   * @param index counted from 0
   * @param of how many there are
   */
  public Tensor part(int index, int of) {
    int size = size() / of;
    return new Tensor(memory.slice(index * size, size), groups);
  }

  /** Takes the elements of an array of the same size. */
  public void copyFrom(Tensor other) {
    memory.put(0, other.memory, 0, size());
  }

  /** Sets all elements to 0. */
  public void clear() {
    memory.put(0, new float[size()]);
  }

  /** The elements. */
  public float[] copy() {
    float[] values = new float[size()];
    memory.get(0, values);
    return values;
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

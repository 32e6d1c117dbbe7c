package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table of numbers. They are kept as they were read; runs get them as float32, scaled.
 *
 * @param values row after row; NaN where one is missing
 * @param scaling of each column
 * @param names of each column
 * @param scales what is known of each column's scale
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Columns(double[] values, List<Scaling> scaling, List<String> names, List<Scale> scales)
    implements Features {
  Columns {
    scaling = List.copyOf(scaling);
    names = List.copyOf(names);
    scales = List.copyOf(scales);
  }

  /** As read, with nothing learned. */
  Columns(double[] values, List<Scaling> scaling, List<String> names) {
    this(values, scaling, names, Collections.nCopies(scaling.size(), Scale.NONE));
  }

  @Override
  public int rows() {
    return values.length / scaling.size();
  }

  @Override
  public Columns fitted(int[] train) {
    int width = scaling.size();
    List<Scale> fitted =
        IntStream.range(0, width)
            .mapToObj(column -> scaling.get(column).fit(row -> values[row * width + column], train))
            .toList();
    return new Columns(values, scaling, names, fitted);
  }

  @Override
  public void digestRow(int row, MessageDigest digest) {
    int width = scaling.size();
    ByteBuffer bytes = ByteBuffer.allocate(width * Double.BYTES);
    bytes.asDoubleBuffer().put(values, row * width, width);
    digest.update(bytes);
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    int width = scaling.size();
    float[] taken = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      for (int column = 0; column < width; column++) {
        taken[i * width + column] = scales.get(column).of(values[chosen[i] * width + column]);
      }
    }
    // The copy lies in memory of the engine's own, whose alignment is always the same.
    try (NDArray made = manager.create(taken, new Shape(chosen.length, width))) {
      return made.duplicate();
    }
  }
}

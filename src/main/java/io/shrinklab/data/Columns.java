package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * A table of numbers.
 *
 * @param values row after row
 * @param scaling of each column
 * @param names of each column
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Columns(float[] values, List<Scaling> scaling, List<String> names) implements Features {
  Columns {
    scaling = List.copyOf(scaling);
    names = List.copyOf(names);
  }

  @Override
  public int rows() {
    return values.length / scaling.size();
  }

  @Override
  public Columns fitted(int[] train) {
    float[] scaled = values.clone();
    int width = scaling.size();
    for (int column = 0; column < width; column++) {
      scaling.get(column).apply(scaled, column, width, rows(), train);
    }
    return new Columns(scaled, scaling, names);
  }

  @Override
  public void digestRow(int row, MessageDigest digest) {
    int width = scaling.size();
    ByteBuffer bytes = ByteBuffer.allocate(width * Float.BYTES);
    bytes.asFloatBuffer().put(values, row * width, width);
    digest.update(bytes);
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    int width = scaling.size();
    float[] taken = new float[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * width, taken, i * width, width);
    }
    // The copy lies in memory of the engine's own, whose alignment is always the same.
    try (NDArray made = manager.create(taken, new Shape(chosen.length, width))) {
      return made.duplicate();
    }
  }
}

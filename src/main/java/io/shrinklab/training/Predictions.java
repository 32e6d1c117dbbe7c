package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A network's outputs on rows that it was not trained on, gathered while their score is taken. */
final class Predictions {
  private final int outputs;
  private float[] values = new float[0];

  /**
   * Begins.
   *
   * @param outputs width of the network's output
   */
  Predictions(int outputs) {
    this.outputs = outputs;
  }

  /** Takes the next rows' outputs, [1, outputs, n]. */
  void add(NDArray rows) {
    float[] next = rows.squeeze(0).swapAxes(0, 1).flatten().toFloatArray();
    int length = values.length;
    values = Arrays.copyOf(values, length + next.length);
    System.arraycopy(next, 0, values, length, next.length);
  }

  /**
   * Both parts' outputs with what was to be predicted, rows as in the part.
   *
   * @param data whose validation and test rows they are of
   */
  static byte[] npz(DataSplit data, Predictions validation, Predictions test) {
    Npz npz = new Npz();
    put(npz, "validation", validation, data.validation());
    put(npz, "test", test, data.test());
    return npz.done();
  }

  private static void put(Npz npz, String name, Predictions found, Part part) {
    npz.floats(name, FloatBuffer.wrap(found.values), part.rows(), found.outputs);
    npz.floats(
        name + "_target",
        FloatBuffer.wrap(floats(part.labels())),
        part.labels().getShape().getShape());
  }

  private static float[] floats(NDArray labels) {
    return labels.toType(DataType.FLOAT32, false).toFloatArray();
  }
}

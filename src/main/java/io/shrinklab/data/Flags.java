package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Any number of classes per row.
 *
 * @param values 0 or 1, row after row
 * @param outputs how many classes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Flags(byte[] values, int outputs) implements Labels {
  @Override
  public int rows() {
    return values.length / outputs;
  }

  @Override
  public Task task() {
    return Task.MULTI_LABEL;
  }

  @Override
  public List<String> classNames() {
    return IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
  }

  @Override
  public boolean varies(int[] chosen) {
    return IntStream.range(0, outputs)
        .anyMatch(
            label ->
                Arrays.stream(chosen)
                    .anyMatch(
                        row ->
                            values[row * outputs + label] != values[chosen[0] * outputs + label]));
  }

  @Override
  public double chanceScore(int[] chosen) {
    return 0.5;
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    float[] taken = new float[chosen.length * outputs];
    for (int i = 0; i < chosen.length; i++) {
      for (int label = 0; label < outputs; label++) {
        taken[i * outputs + label] = values[chosen[i] * outputs + label];
      }
    }
    return manager.create(taken, new Shape(chosen.length, outputs));
  }
}

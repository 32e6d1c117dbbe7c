package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * A number per row.
 *
 * @param values the numbers
 * @param scaling what is done to them; R2 is the same under any
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Targets(float[] values, Scaling scaling) implements Labels {
  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public Task task() {
    return Task.REGRESSION;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public Targets fitted(int[] train) {
    float[] scaled = values.clone();
    scaling.apply(scaled, 0, 1, scaled.length, train);
    return new Targets(scaled, scaling);
  }

  @Override
  public boolean varies(int[] chosen) {
    return Arrays.stream(chosen).anyMatch(row -> values[row] != values[chosen[0]]);
  }

  @Override
  public double chanceScore(int[] chosen) {
    return 0;
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    float[] taken = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      taken[i] = values[chosen[i]];
    }
    return manager.create(taken, new Shape(chosen.length, 1));
  }
}

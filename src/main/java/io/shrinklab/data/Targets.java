package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * A number per row.
 *
 * @param values the numbers as they were read
 * @param scaling what is done to them; R2 is the same under any
 * @param scale what is known of their scale
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Targets(double[] values, Scaling scaling, Scale scale) implements Labels {
  /** As read, with nothing learned. */
  Targets(double[] values, Scaling scaling) {
    this(values, scaling, Scale.NONE);
  }

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
    return new Targets(values, scaling, scaling.fit(row -> values[row], train));
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
      taken[i] = scale.of(values[chosen[i]]);
    }
    return manager.create(taken, new Shape(chosen.length, 1));
  }
}

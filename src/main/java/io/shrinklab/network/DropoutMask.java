package io.shrinklab.network;

import java.util.SplittableRandom;

/**
 * Dropout (Srivastava et al. 2014): in training each value is 0 with the rate's probability, and
 * the others are divided by what is left. One mask serves all networks of a stack, as runs of one
 * seed are paired.
 */
final class DropoutMask extends RowStage {
  private final double rate;
  private final long seed;
  private float[] mask = new float[0];
  private int width;

  /**
   * Makes one.
   *
   * @param rate of what is dropped, below 1
   * @param seed the layer's own
   */
  DropoutMask(double rate, long seed) {
    this.rate = rate;
    this.seed = seed;
  }

  @Override
  void begin(long step, int units, int length) {
    width = units;
    int size = units * length;
    if (mask.length < size) {
      mask = new float[size];
    }
    // Of the step alone, and not of what was drawn before it.
    SplittableRandom random = new SplittableRandom(seed + step).split();
    float kept = (float) (1 / (1 - rate));
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < rate ? 0f : kept;
    }
  }

  @Override
  float[] forward(float[] values, Rows rows) {
    return multiplied(values, rows);
  }

  @Override
  float[] backward(float[] gradient, Rows rows) {
    return multiplied(gradient, rows);
  }

  private float[] multiplied(float[] values, Rows rows) {
    int length = rows.length();
    for (int row = 0; row < rows.count(); row++) {
      int unit = (rows.first() + row) % width;
      for (int i = 0; i < length; i++) {
        values[row * length + i] *= mask[unit * length + i];
      }
    }
    return values;
  }

  @Override
  float[] evaluate(float[] values, Rows rows) {
    return values;
  }
}

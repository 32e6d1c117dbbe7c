package io.shrinklab.penalty;

import java.util.Arrays;

/**
 * How far an optimizer moves each element of a parameter per unit of gradient: the learning rate,
 * or with Adam the learning rate over the root of the element's second moment. A proximal step must
 * use the same sizes, or it settles at another penalty than the gradient would (Yun, Lozano and
 * Yang 2021, "Adaptive proximal gradient methods for structured neural networks").
 */
public interface StepSizes {
  /** Reads {@code count} sizes, from element {@code from} on. */
  void read(int from, float[] into, int count);

  /** The same size for every element. */
  static StepSizes uniform(double rate) {
    return (from, into, count) -> Arrays.fill(into, 0, count, (float) rate);
  }
}

package io.shrinklab.tensor;

import java.nio.FloatBuffer;

/**
 * Native memory, read in portions that are copied to a Java array: the copies stay in the
 * first-level cache and cost little, and loops over plain arrays are what the JIT compiler
 * vectorizes.
 */
public final class Portions {
  /** 8 KiB of floats: a handful of such arrays fits the second-level cache many times. */
  public static final int LENGTH = 2048;

  private Portions() {}

  /** Sums over values. */
  public interface Sum {
    /** The sum over {@code values[0..count)}; may change the values, which are copies. */
    double of(float[] values, int count);
  }

  /**
   * How many elements a portion has at most.
   *
   * @param group elements that must not be torn apart
   * @return a multiple of {@code group}, around {@link #LENGTH} where the group is smaller
   */
  public static int length(int group) {
    return Math.max(1, LENGTH / group) * group;
  }

  /** Adds a sum up over all portions, none of which tears a group apart. */
  public static double sum(FloatBuffer values, int group, Sum kernel) {
    int length = Math.min(length(group), values.limit());
    float[] portion = new float[length];
    double sum = 0;
    for (int at = 0; at < values.limit(); at += length) {
      int count = Math.min(length, values.limit() - at);
      values.get(at, portion, 0, count);
      sum += kernel.of(portion, count);
    }
    return sum;
  }
}

package io.shrinklab.data;

import java.util.SplittableRandom;

/**
 * Random orders, drawn with Fisher and Yates's shuffle (Knuth, The Art of Computer Programming,
 * volume 2, algorithm 3.4.2P): every order is equally likely, and the order depends on the
 * generator alone.
 */
public final class Permutation {
  private Permutation() {}

  /**
   * Draws an order of the numbers 0 to n - 1.
   *
   * @param n how many, at least 0
   * @param random advanced by the draw
   */
  public static int[] of(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      // The bound includes i: an element may stay where it is.
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}

package io.shrinklab.experiment;

import java.util.List;
import java.util.function.Consumer;

/** The combinations of some axes' positions. */
final class Combinations {
  private Combinations() {}

  /**
   * Visits every combination, the last axis fastest; axes that are not named stay at 0.
   *
   * @param axes all axes
   * @param named positions in {@code axes}, ascending
   * @param visit takes a position per axis; the array is reused
   */
  static void visit(List<Axis> axes, int[] named, Consumer<int[]> visit) {
    int[] digits = new int[axes.size()];
    int at;
    do {
      visit.accept(digits);
      at = named.length - 1;
      while (at >= 0 && ++digits[named[at]] == axes.get(named[at]).size()) {
        digits[named[at--]] = 0;
      }
    } while (at >= 0);
  }

  /**
   * The number of combinations of axes {@code from} (inclusive) to {@code to}, or a huge number.
   */
  static long count(List<Axis> axes) {
    long count = 1;
    for (Axis axis : axes) {
      count *= axis.size();
      if (count > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE;
      }
    }
    return count;
  }

  /** Writes the positions that an index stands for, the last axis fastest, from {@code offset}. */
  static void decode(long index, List<Axis> axes, int[] digits, int offset) {
    long rest = index;
    for (int i = axes.size() - 1; i >= 0; i--) {
      digits[offset + i] = (int) (rest % axes.get(i).size());
      rest /= axes.get(i).size();
    }
  }
}

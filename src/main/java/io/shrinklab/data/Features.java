package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.security.MessageDigest;
import java.util.List;

/** What is predicted from, for all rows of a set; kept once, runs get rows of their own. */
sealed interface Features permits Pixels, Columns {
  /** Values of a set of the user's: an array in memory, and again as float32 in each run. */
  long MOST_VALUES = 500_000_000;

  /** How many rows. */
  int rows();

  /** The same with whatever is learned from data, learned from these training rows alone. */
  Features fitted(int[] train);

  /**
   * Copies rows.
   *
   * @param chosen row numbers
   * @param manager owns the result
   * @return float32 [chosen.length, ...]
   */
  NDArray take(int[] chosen, NDManager manager);

  /** The names of a table's columns, in order; empty for images. */
  default List<String> names() {
    return List.of();
  }

  /** What was learned of a table's columns, in order; empty for images. */
  default List<Scale> scales() {
    return List.of();
  }

  /** Feeds one row, as it was read, to a digest. */
  void digestRow(int row, MessageDigest digest);
}

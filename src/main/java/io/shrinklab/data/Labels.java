package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** What is predicted, for all rows of a set. */
sealed interface Labels permits Classes, Flags, Targets {
  /** How many rows. */
  int rows();

  /** What kind of prediction it is. */
  Task task();

  /** Width of the network's output. */
  int outputs();

  /** The same with whatever is learned from data, learned from these training rows alone. */
  default Labels fitted(int[] train) {
    return this;
  }

  /** What was learned of a number's scale; {@link Scale#NONE} for classes. */
  default Scale scale() {
    return Scale.NONE;
  }

  /**
   * The stratum of each row below a bound: strata keep their share in every part.
   *
   * @param rows the first so many rows
   */
  default Classes strata(int rows) {
    return new Classes(new int[rows], 1);
  }

  /** What each output stands for, in order; empty for a number. */
  default List<String> classNames() {
    return List.of();
  }

  /**
   * Whether a score can be told on these rows: R2 needs two different targets, AUROC a label that
   * some rows have and some have not. Accuracy needs nothing.
   */
  default boolean varies(int[] chosen) {
    return true;
  }

  /**
   * What a guess scores that looks at no feature: the share of the most frequent class, an AUROC of
   * one half, an R2 of 0.
   *
   * @param chosen row numbers, at least one
   */
  double chanceScore(int[] chosen);

  /**
   * Copies rows.
   *
   * @param chosen row numbers
   * @param manager owns the result
   * @return as {@link Task} says
   */
  NDArray take(int[] chosen, NDManager manager);
}

package io.shrinklab.outcome;

/**
 * Rows in the parts of a run's data.
 *
 * @param train rows trained on
 * @param validation rows that choose
 * @param test rows read once
 * @param pool rows that train was drawn from, and validation too where it has no pool of its own;
 *     sets how much the splits of two seeds overlap; {@link #UNLIMITED} where they share none
 * @param validationPool rows of the pool of its own that validation was drawn from; 0 where it was
 *     drawn from {@code pool}
 */
public record PartSizes(int train, int validation, int test, int pool, int validationPool) {
  /** The pool of rows that are drawn from a distribution, of which no two seeds share one. */
  public static final int UNLIMITED = Integer.MAX_VALUE;
}

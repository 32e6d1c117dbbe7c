package io.shrinklab.outcome;

/**
 * Rows in the parts of a run's data.
 *
 * @param train rows trained on
 * @param validation rows that choose
 * @param test rows read once
 * @param pool rows that train and validation were drawn from; sets how much the splits of two seeds
 *     overlap; {@link #UNLIMITED} where they share none
 */
public record PartSizes(int train, int validation, int test, int pool) {
  /** The pool of rows that are drawn from a distribution, of which no two seeds share one. */
  public static final int UNLIMITED = Integer.MAX_VALUE;
}

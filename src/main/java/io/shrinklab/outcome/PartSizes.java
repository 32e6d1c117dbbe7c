package io.shrinklab.outcome;

/**
 * Rows in the parts of a run's data.
 *
 * @param train rows trained on
 * @param validation rows that choose
 * @param test rows read once
 * @param pool rows that train and validation were drawn from; sets how much the splits of two seeds
 *     overlap
 */
public record PartSizes(int train, int validation, int test, int pool) {}

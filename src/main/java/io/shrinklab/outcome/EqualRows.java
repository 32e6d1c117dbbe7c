package io.shrinklab.outcome;

/**
 * Rows that leak from one part into another: equal to a training row in everything that is
 * predicted from.
 *
 * @param validation how many validation rows are
 * @param test how many test rows are
 */
public record EqualRows(int validation, int test) {}

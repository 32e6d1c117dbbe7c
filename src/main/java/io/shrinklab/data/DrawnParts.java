package io.shrinklab.data;

import io.shrinklab.outcome.PartSizes;

/**
 * The parts that a seed draws.
 *
 * @param sizes rows in each
 * @param groups how many groups of rows they are made of; 0 where rows are independent
 * @param dropped rows of a table that are in none, since a value is missing
 */
public record DrawnParts(PartSizes sizes, int groups, int dropped) {}

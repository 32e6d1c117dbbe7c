package io.shrinklab.outcome;

/**
 * What a linear network with one output multiplies a feature by, at the end of a run.
 *
 * @param feature the column's name; of a category {@code column=category}
 * @param value in units of the feature and the target as they were scaled for training
 */
public record Coefficient(String feature, double value) {}

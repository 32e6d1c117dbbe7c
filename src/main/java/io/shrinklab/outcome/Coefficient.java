package io.shrinklab.outcome;

/**
 * What a linear network multiplies a feature by, at the end of a run: its one output, or, of two
 * classes, the second class's output minus the first's, which is the log odds.
 *
 * @param feature the column's name; of a category {@code column=category}
 * @param value in units of the feature and the target as they were scaled for training
 * @param truth what the data were drawn with, in the same units; NaN where nobody knows
 */
public record Coefficient(String feature, double value, double truth) {

  /** One of real data. */
  public Coefficient(String feature, double value) {
    this(feature, value, Double.NaN);
  }
}

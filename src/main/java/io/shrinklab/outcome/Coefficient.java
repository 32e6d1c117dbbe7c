package io.shrinklab.outcome;

/**
 * What a linear network multiplies a feature by, at the end of a run: its one output; of two
 * classes, the second class's output minus the first's, which is the log odds; of more, each
 * class's output, the logit.
 *
 * @param feature the column's name; of a category {@code column=category}
 * @param value in units of the feature and the target as they were scaled for training
 * @param truth what the data were drawn with, in the same units; NaN where nobody knows
 * @param className the class whose output it is of, where there are more than two; else empty
 */
public record Coefficient(String feature, double value, double truth, String className) {

  /** Of one output. */
  public Coefficient(String feature, double value, double truth) {
    this(feature, value, truth, "");
  }

  /** One of real data. */
  public Coefficient(String feature, double value) {
    this(feature, value, Double.NaN);
  }
}

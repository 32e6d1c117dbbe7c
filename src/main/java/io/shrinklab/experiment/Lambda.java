package io.shrinklab.experiment;

/**
 * A penalty's strength. In the file a number, or {@code {"matchWeightDecay": s, "learningRate":
 * r}}: the seed article's rule {@code s / 2 * r}, by which a loss penalty is set against a weight
 * decay of {@code s}.
 *
 * @param value the resolved number
 */
public record Lambda(double value) {
  /** The seed article's rule: half the decay times the learning rate. */
  static Lambda matching(double weightDecay, double learningRate) {
    return new Lambda(weightDecay / 2 * learningRate);
  }
}

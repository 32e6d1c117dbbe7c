package io.shrinklab.spec;

import java.math.BigDecimal;

/**
 * A penalty's strength. In the file a number, or {@code {"matchWeightDecay": s, "learningRate":
 * r}}: the seed article's rule {@code s / 2 * r}, by which it sets a loss penalty against a weight
 * decay of {@code s}; {@link DecayRule} tells where that misses.
 *
 * @param value the resolved number
 */
public record Lambda(double value) {
  /**
   * The seed article's rule: half the decay times the learning rate. In decimals, so that the
   * result is the same run as the number that a person would have written.
   */
  public static Lambda matching(double weightDecay, double learningRate) {
    BigDecimal half = BigDecimal.valueOf(weightDecay).multiply(new BigDecimal("0.5"));
    return new Lambda(half.multiply(BigDecimal.valueOf(learningRate)).doubleValue());
  }
}

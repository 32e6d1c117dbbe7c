package io.shrinklab.outcome;

import java.util.List;
import java.util.Optional;

/**
 * How well a fit tells the features that have a part in the truth from those that have none. A
 * feature counts as found when its coefficient is not exactly 0; so a method that never gives exact
 * zeros finds all.
 *
 * @param truePositives features found that have a part in the truth
 * @param falsePositives features found that have none
 */
public record Recovery(int truePositives, int falsePositives) {

  /** Of a run's coefficients; empty where there are none, or their truth is not known. */
  public static Optional<Recovery> of(List<Coefficient> coefficients) {
    if (coefficients.isEmpty()
        || coefficients.stream().anyMatch(coefficient -> Double.isNaN(coefficient.truth()))) {
      return Optional.empty();
    }
    int truePositives = 0;
    int falsePositives = 0;
    for (Coefficient coefficient : coefficients) {
      if (coefficient.value() != 0) {
        truePositives += coefficient.truth() != 0 ? 1 : 0;
        falsePositives += coefficient.truth() == 0 ? 1 : 0;
      }
    }
    return Optional.of(new Recovery(truePositives, falsePositives));
  }
}

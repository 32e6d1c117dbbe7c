package io.shrinklab.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a setting does to the score on average over the other settings.
 *
 * @param factor the setting
 * @param variants that enter
 * @param levels one per value of it, in its order
 * @param share of the variation between the mean scores of the variants that enter, from 0 to 1:
 *     eta squared; NaN where it was not computed
 * @param gap why it was not computed; null where it was
 */
public record MainEffect(
    Factor factor, int variants, List<Level> levels, double share, @Nullable Gap gap) {

  /** Copies the list. */
  public MainEffect {
    levels = List.copyOf(levels);
  }

  /** Why an effect is not computed. */
  public enum Gap {
    /** Too few combinations of the other settings occur with the same values of this one. */
    UNBALANCED,
    /** Every variant has a value of its own, and with it other values of other settings. */
    OWN_VALUES,
    /** No seed that the variants have in common. */
    NO_COMMON_SEED
  }

  /**
   * A value of the setting.
   *
   * @param value as in the file; "" of variants that have none
   * @param variants that enter; 0 for a value that is left out
   * @param mean score, over these variants and the seeds that all have in common; NaN where left
   *     out
   * @param effect that mean minus the mean over all values, seed by seed; null where left out
   */
  public record Level(String value, int variants, double mean, @Nullable Contrast effect) {}

  /** Values that enter, from the lowest mean score to the highest. */
  public List<Level> ranked() {
    return levels.stream()
        .filter(level -> level.variants() > 0)
        .sorted((one, other) -> Double.compare(one.mean(), other.mean()))
        .toList();
  }

  /** The smallest adjusted p value of its values; NaN where there is none. */
  public double adjustedPValue() {
    return levels.stream()
        .map(Level::effect)
        .mapToDouble(effect -> effect == null ? Double.NaN : effect.adjustedPValue())
        .filter(p -> !Double.isNaN(p))
        .min()
        .orElse(Double.NaN);
  }
}

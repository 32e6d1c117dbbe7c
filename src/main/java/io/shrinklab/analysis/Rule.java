package io.shrinklab.analysis;

import java.util.Comparator;
import java.util.List;

/** The numbers that turn differences into verdicts, and the same in words. */
final class Rule {
  private Rule() {}

  /** Significance level, two-sided, for a whole sweep. */
  static final double LEVEL = 0.05;

  /** Chance with which a detectable difference is found. */
  static final double POWER = 0.8;

  /**
   * Gap between training and validation score from which on a variant may overfit. Small, because
   * noisy training labels lower the training score alone; the loss has to rise as well.
   */
  static final double GAP = 0.01;

  /** Rise of the validation loss after its minimum, relative to it, that counts. */
  static final double RISE = 0.05;

  /** The smallest number of pairs with which anything is tested. */
  static final int PAIRS = 3;

  /** The rules as they are printed beside the verdicts. */
  static List<String> inWords(List<Comparison> comparisons) {
    List<Comparison> tested =
        comparisons.stream().filter(each -> each.validation().n() >= PAIRS).toList();
    if (tested.isEmpty()) {
      return List.of(
          "Nothing was tested: that needs "
              + PAIRS
              + " seeds that both the baseline and a variant completed.");
    }
    // A sweep over split kinds or sizes prints the most cautious one.
    Comparison widest =
        tested.stream().max(Comparator.comparingDouble(Comparison::ratio)).orElseThrow();
    String error =
        switch (widest.test()) {
          case PAIRED_T ->
              "Variants are compared with the baseline seed by seed, by a paired t test; all seeds"
                  + " share one split, so what is said holds for that split.";
          case NADEAU_BENGIO ->
              "Variants are compared with the baseline seed by seed. Every seed draws its own"
                  + " split and the splits overlap, so the variance of a mean difference over n"
                  + " seeds is taken as s^2 * (1 / n + "
                  + Formats.score(widest.ratio())
                  + ") instead of s^2 / n (Nadeau and Bengio 2003).";
        };
    return List.of(
        error,
        "p values are adjusted by Holm's method over all "
            + Formats.count(tested.size(), "comparison")
            + ", best epoch and last epoch alike. BETTER and WORSE: adjusted p below 0.05.",
        "UNDERFITS: validation and training score both lie below the baseline's, at the best and"
            + " at the last epoch, and all four 95 % intervals exclude 0.",
        "OVERFITS: at the last epoch the training score is more than 0.01 above the validation"
            + " score and the validation loss more than 5 % above its minimum, both by the lower"
            + " end of the 95 % interval; not said of a variant that underfits.",
        "NO DIFFERENCE SHOWN does not mean that there is none: the detectable difference is the"
            + " one that would be found four times out of five.");
  }
}

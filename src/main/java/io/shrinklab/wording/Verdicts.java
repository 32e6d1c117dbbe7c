package io.shrinklab.wording;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Overfitting;
import io.shrinklab.analysis.Rule;
import io.shrinklab.analysis.RunCounts;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdicts in words: what each says of a variant, by which numbers, and by which rule. */
public final class Verdicts {
  private Verdicts() {}

  /** Behind a variant's name: {@code underfits}; empty where the answer does not name it. */
  static String said(Verdict verdict, boolean several) {
    return switch (verdict) {
      case BETTER -> several ? "are better" : "is better than the baseline";
      case WORSE -> several ? "are worse" : "is worse than the baseline";
      case UNDERFITS -> several ? "underfit" : "underfits";
      case UNSTABLE -> several ? "are unstable" : "is unstable";
      case ALL_FAILED -> several ? "have no completed run" : "has no completed run";
      case TOO_FEW_SEEDS -> several ? "have too few seeds" : "has too few seeds";
      case BASELINE, NO_DIFFERENCE_SHOWN, NO_BASELINE, NOT_RUN -> "";
    };
  }

  /**
   * The numbers that met the rule.
   *
   * @param comparison of the variant, at either moment; null for a baseline
   */
  public static String criterion(VariantSummary variant, @Nullable Comparison comparison) {
    RunCounts counts = variant.counts();
    return comparison == null ? baseline(counts) : criterion(counts, comparison);
  }

  private static String criterion(RunCounts counts, Comparison comparison) {
    return switch (comparison.verdict()) {
      case BASELINE -> baseline(counts);
      case NOT_RUN -> counts.lost() == 0 ? "no run yet" : "no run that can be used";
      case ALL_FAILED ->
          "no run completed: %s diverged, %s failed, %s missing%s"
              .formatted(
                  counts.diverged(),
                  counts.failed(),
                  counts.missing(),
                  counts.lost() == 0 ? "" : ", " + counts.lost() + " damaged or unreadable");
      case NO_BASELINE -> "no run of the baseline completed";
      case TOO_FEW_SEEDS ->
          "%s completed by both, %s needed for an interval"
              .formatted(seeds(comparison), Rule.PAIRS);
      case UNDERFITS ->
          "%s, %s, %s, %s, %s: both below the baseline's, at the best and at the last epoch"
              .formatted(
                  "validation score difference " + Formats.difference(comparison.validation()),
                  Formats.pValue(comparison.validation().pValue()),
                  "training score difference " + Formats.difference(comparison.train()),
                  Formats.pValue(comparison.train().pValue()),
                  seeds(comparison));
      case WORSE -> numbers(comparison) + ": below the baseline's";
      case UNSTABLE ->
          "%s of %s diverged, the others are a chosen sample; there %s"
              .formatted(
                  counts.diverged(), Formats.count(counts.planned(), "run"), numbers(comparison));
      case BETTER -> numbers(comparison) + ": above the baseline's";
      case NO_DIFFERENCE_SHOWN ->
          "%s; a true difference of %s would have been found %s"
              .formatted(
                  numbers(comparison),
                  Formats.score(comparison.smallestDetectable()),
                  Formats.chance(Rule.POWER));
    };
  }

  private static String baseline(RunCounts counts) {
    return "the others are compared with it; %s of %s completed"
        .formatted(counts.completed(), Formats.count(counts.planned(), "run"));
  }

  private static String numbers(Comparison comparison) {
    return "validation score difference %s, adjusted %s, %s"
        .formatted(
            Formats.difference(comparison.validation()),
            Formats.pValue(comparison.adjustedPValue()),
            seeds(comparison));
  }

  private static String seeds(Comparison comparison) {
    return Formats.count(comparison.validation().n(), "seed");
  }

  /** Why a variant is said to overfit; empty when it is not. */
  public static String overfitting(VariantSummary variant) {
    Overfitting why = variant.overfitting();
    return why == null
        ? ""
        : ("at the last epoch the training score is %s above the validation score, and the"
                + " validation loss rose by %s after its minimum of %s")
            .formatted(
                Formats.score(why.gap()),
                Formats.score(why.rise()),
                Formats.score(why.lowestLoss()));
  }

  /** How differences are judged: to be printed beside the verdicts. */
  public static List<String> rule(List<Comparison> comparisons) {
    List<Comparison> tested =
        comparisons.stream().filter(each -> each.validation().hasInterval()).toList();
    if (tested.isEmpty()) {
      return List.of(
          "Nothing was tested: that needs %s seeds that both the baseline and a variant completed."
              .formatted(Rule.PAIRS));
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
              ("Variants are compared with the baseline seed by seed. Every seed draws its own"
                      + " split and the splits overlap, so the variance of a mean difference over n"
                      + " seeds is taken as s^2 * (1 / n + %s) instead of s^2 / n (Nadeau and Bengio"
                      + " 2003).")
                  .formatted(Formats.score(widest.ratio()));
        };
    return List.of(
        error,
        ("p values are adjusted by Holm's method over all %s, best epoch and last epoch alike."
                + " BETTER and WORSE: adjusted p below %s.")
            .formatted(Formats.count(tested.size(), "comparison"), Rule.LEVEL),
        ("UNDERFITS: validation and training score both lie below the baseline's, at the best and"
                + " at the last epoch, and all four %ss exclude 0.")
            .formatted(Formats.INTERVAL),
        ("OVERFITS: at the last epoch the training score is more than %s above the validation score"
                + " and the validation loss more than %s above its minimum, both by the lower end of"
                + " the %s; not said of a variant that underfits.")
            .formatted(Rule.GAP, Formats.percent(Rule.RISE), Formats.INTERVAL),
        ("NO DIFFERENCE SHOWN does not mean that there is none: the detectable difference is the"
                + " one that would be found %s.")
            .formatted(Formats.chance(Rule.POWER)));
  }
}

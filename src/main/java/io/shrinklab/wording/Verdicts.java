package io.shrinklab.wording;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Overfitting;
import io.shrinklab.analysis.Reason;
import io.shrinklab.analysis.Rule;
import io.shrinklab.analysis.RunCounts;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdicts in words: what each says of a variant, by which numbers, and by which rule. */
public final class Verdicts {
  private Verdicts() {}

  /** Behind a variant's name: {@code is better}; empty where the answer does not name it. */
  static String said(Verdict verdict, boolean several) {
    return switch (verdict) {
      case BETTER -> several ? "are better" : "is better";
      case WORSE -> several ? "are worse" : "is worse";
      case EQUIVALENT ->
          several ? "are equivalent to the baseline" : "is equivalent to the baseline";
      case ALL_FAILED -> several ? "have no completed run" : "has no completed run";
      case TOO_FEW_SEEDS -> several ? "have too few seeds" : "has too few seeds";
      case BASELINE, NO_DIFFERENCE_SHOWN, NO_BASELINE, NOT_RUN -> "";
    };
  }

  /** Behind "is worse and". */
  static String said(Reason reason, boolean several) {
    return switch (reason) {
      case COLLAPSED -> several ? "end at chance" : "ends at chance";
      case UNSTABLE -> "unstable, since some runs diverged";
      case UNDERFITS -> several ? "underfit" : "underfits";
      case OVERFITS -> several ? "overfit" : "overfits";
    };
  }

  /**
   * The numbers that met the rule.
   *
   * @param comparison of the variant, at either moment; null for a baseline
   */
  public static String criterion(VariantSummary variant, @Nullable Comparison comparison) {
    RunCounts counts = variant.counts();
    return comparison == null ? baseline(counts) : criterion(variant, counts, comparison);
  }

  private static String criterion(VariantSummary variant, RunCounts counts, Comparison comparison) {
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
      case BETTER -> numbers(comparison) + ": above the baseline's";
      case EQUIVALENT -> numbers(comparison) + ": inside the margin";
      case WORSE -> numbers(comparison) + ": below the baseline's" + why(variant, comparison);
      case NO_DIFFERENCE_SHOWN ->
          comparison.reason() == Reason.UNSTABLE
              ? "%s of %s diverged, the others are a chosen sample; there %s"
                  .formatted(
                      counts.diverged(),
                      Formats.count(counts.planned(), "run"),
                      numbers(comparison))
              : numbers(comparison) + found(comparison.score());
    };
  }

  /** Differences that do not vary tell nothing of what would have been found. */
  private static String found(Contrast score) {
    return score.detectable() > 0
        ? "; a true difference of %s would have been found %s"
            .formatted(Formats.score(score.detectable()), Formats.chance(Rule.POWER))
        : "";
  }

  private static String why(VariantSummary variant, Comparison comparison) {
    Reason reason = comparison.reason();
    if (reason == null) {
      return "";
    }
    return switch (reason) {
      case COLLAPSED ->
          "; it ends at %s, and a guess scores %s"
              .formatted(
                  Formats.score(variant.last().get(Metric.VALIDATION_SCORE).mean()),
                  Formats.score(variant.chanceScore().mean()));
      case UNSTABLE -> "; " + variant.counts().diverged() + " of its runs diverged";
      case UNDERFITS ->
          ", and so is the training score, by " + Formats.difference(comparison.train());
      case OVERFITS -> "; " + overfitting(variant);
    };
  }

  private static String baseline(RunCounts counts) {
    return "the others are compared with it; %s of %s completed"
        .formatted(counts.completed(), Formats.count(counts.planned(), "run"));
  }

  private static String numbers(Comparison comparison) {
    return "validation score difference %s, adjusted %s, %s"
        .formatted(
            Formats.difference(comparison.score()),
            Formats.pValue(comparison.score().adjustedPValue()),
            seeds(comparison));
  }

  private static String seeds(Comparison comparison) {
    return Formats.count(comparison.score().n(), "seed");
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

  /** Why the last epoch is the only one that is told of; empty where the best one is told too. */
  static String oneMoment(SweepAnalysis analysis) {
    if (analysis.moments().size() > 1) {
      return "";
    }
    return analysis.selectsLast()
        ? "Runs are judged at their last epoch, as the experiment has it, and tested there."
        : "Every run's best epoch is its last, so the two are one comparison.";
  }

  /** How differences are judged: to be printed beside the verdicts. */
  public static List<String> rule(SweepAnalysis analysis) {
    List<Comparison> tested =
        analysis.comparisons().stream().filter(each -> each.score().hasInterval()).toList();
    if (tested.isEmpty()) {
      return List.of(
          "Nothing was tested: that needs %s seeds that both the baseline and a variant completed."
              .formatted(Rule.PAIRS));
    }
    Experiment.Judging judging = analysis.judging();
    List<String> rule = new ArrayList<>();
    rule.add(errors(tested));
    int moments = analysis.moments().size();
    rule.add(
        ("One rule decides: all %s intervals of score and loss, %s,"
                + " hold together with %s confidence (min-p over the differences' joint"
                + " distribution; %s score has %s of the error). BETTER or WORSE: the"
                + " interval excludes 0, which is an adjusted p of at most %s.")
            .formatted(
                2L * moments * variants(tested),
                moments == 1 ? "at the last epoch" : "at the best and at the last epoch",
                Formats.percent(1 - Rule.LEVEL),
                moments == 1 ? "the" : "the best epoch's",
                Formats.percent(Rule.mainShare(moments)),
                Rule.LEVEL));
    if (moments == 1) {
      rule.add(oneMoment(analysis));
    }
    if (judging.hasMargin()) {
      rule.add(
          "EQUIVALENT: the score's whole interval lies within the margin of %s that the experiment names."
              .formatted(Numbers.plain(judging.margin())));
    }
    rule.add(
        ("Beside WORSE: UNDERFITS where the training score is worse too, by an interval of the same"
                + " level; COLLAPSED where the last score keeps less than %s of what the baseline gains"
                + " over a guess; UNSTABLE where runs diverged, of which none is called better or"
                + " equivalent.")
            .formatted(Formats.percent(Rule.COLLAPSE)));
    rule.add(
        ("OVERFITS: at the last epoch the training score is more than %s above the validation score"
                + " and the validation loss more than %s above its minimum, both by the lower end of"
                + " the variant's own %s; not said of a variant that underfits.")
            .formatted(Rule.GAP, Formats.percent(Rule.RISE), Formats.INTERVAL));
    rule.add(
        ("NO DIFFERENCE SHOWN does not mean that there is none: what lies outside the interval is"
                + " ruled out, and the detectable difference is the one that would be found %s.")
            .formatted(Formats.chance(Rule.POWER)));
    return rule;
  }

  private static long variants(List<Comparison> tested) {
    return tested.stream().map(Comparison::variant).distinct().count();
  }

  private static String errors(List<Comparison> tested) {
    // A sweep over split kinds or sizes prints the most cautious one.
    Comparison widest =
        tested.stream().max(Comparator.comparingDouble(Comparison::ratio)).orElseThrow();
    String compared = "Variants are compared with the baseline seed by seed. ";
    String error =
        widest.ratio() > 0
            ? " As seeds share rows, the variance of a mean difference over n seeds is taken as s^2 * (1 / n + %s) instead of s^2 / n."
                .formatted(Formats.score(widest.ratio()))
            : "";
    if (widest.ratio() == 0 && widest.otherClaim() != null) {
      return compared
          + "What is said holds for these rows, split again: the experiment claims no more.";
    }
    return compared
        + switch (widest.layout()) {
          case ONE_SPLIT -> "All seeds saw the same rows, so what is said holds for these rows.";
          case OWN_ROWS ->
              "Every seed drew rows of its own, so what is said holds for rows beyond these.";
          case ONE_POOL ->
              "Every seed drew its training and validation rows from the same rows, and what is said"
                  + " holds beyond these.";
          case OWN_VALIDATION_POOL ->
              "Every seed drew its training rows from one part of the set and its validation rows"
                  + " from another, and what is said holds beyond these.";
          case SAME_VALIDATION_ROWS ->
              "Every seed drew its training rows, all validated on the same: what is said holds for"
                  + " other training rows, and for these validation rows only.";
          case SAME_TRAINING_ROWS ->
              "All seeds trained on the same rows and drew their validation rows: what is said holds"
                  + " for other validation rows, and for these training rows only.";
        }
        + error;
  }
}

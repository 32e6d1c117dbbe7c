package io.shrinklab.analysis;

import io.shrinklab.experiment.Experiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sweep in two or three plain sentences. */
final class Answer {
  private Answer() {}

  /** Names listed before "and N more". */
  private static final int NAMED = 3;

  static List<String> of(
      Experiment experiment,
      String scoreName,
      List<VariantSummary> variants,
      List<Comparison> comparisons,
      List<Selection> selections) {
    if (variants.stream().allMatch(variant -> variant.counts().completed() == 0)) {
      return List.of("No run has completed yet, so there is nothing to say.");
    }
    List<String> answer = new ArrayList<>();
    if (selections.isEmpty()) {
      answer.add("No two variants completed the same seeds yet, so none can be called the best.");
    } else if (selections.size() == 1) {
      answer.add(best(experiment, scoreName, selections.get(0), variants, comparisons));
    } else {
      answer.add(bestOverSettings(scoreName, selections, comparisons));
    }
    answer.add(verdicts(variants, comparisons));
    String last = lastEpoch(comparisons, selections);
    if (last != null) {
      answer.add(last);
    }
    return answer;
  }

  private static String best(
      Experiment experiment,
      String scoreName,
      Selection selection,
      List<VariantSummary> variants,
      List<Comparison> comparisons) {
    String start =
        "Best on validation is "
            + selection.best()
            + ", with a mean "
            + scoreName
            + " of "
            + Formats.score(selection.validationScore().mean())
            + " over "
            + Formats.count(selection.validationScore().n(), "seed");
    boolean baseline =
        variants.stream()
            .anyMatch(
                variant ->
                    variant.name().equals(selection.best())
                        && Comparisons.isBaseline(experiment, variant));
    if (baseline) {
      return start + ": the baseline itself; no other variant has a higher mean.";
    }
    Comparison comparison = find(comparisons, selection.best(), Moment.BEST_EPOCH);
    if (comparison == null || comparison.validation().n() == 0) {
      return start + "; there is no completed baseline to compare it with.";
    }
    return start
        + ": "
        + Formats.difference(comparison.validation().mean())
        + " against "
        + comparison.baseline()
        + ", "
        + luck(comparison)
        + ".";
  }

  private static String luck(Comparison comparison) {
    return switch (comparison.judgement().verdict()) {
      case BETTER -> "which is more than luck (adjusted " + pValue(comparison) + ")";
      case TOO_FEW_SEEDS -> "which too few seeds have seen to tell from luck";
      default ->
          "which may be luck (adjusted "
              + pValue(comparison)
              + "; a true difference of "
              + Formats.score(comparison.smallestDetectable())
              + " would probably have been found)";
    };
  }

  private static String pValue(Comparison comparison) {
    return Formats.pValue(comparison.adjustedPValue());
  }

  private static String bestOverSettings(
      String scoreName, List<Selection> selections, List<Comparison> comparisons) {
    Selection best =
        selections.stream()
            .max(Comparator.comparingDouble(selection -> selection.validationScore().mean()))
            .orElseThrow();
    long better =
        selections.stream()
            .map(selection -> find(comparisons, selection.best(), Moment.BEST_EPOCH))
            .filter(
                comparison ->
                    comparison != null && comparison.judgement().verdict() == Verdict.BETTER)
            .count();
    return "In "
        + better
        + " of "
        + selections.size()
        + " settings the variant that is best on validation beats the baseline by more than luck;"
        + " the highest mean "
        + scoreName
        + " of all is "
        + best.best()
        + "'s, "
        + Formats.score(best.validationScore().mean())
        + ".";
  }

  private static String verdicts(List<VariantSummary> variants, List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      return "There is no other variant to compare with the baseline.";
    }
    List<String> parts = new ArrayList<>();
    part(parts, variants, Verdict.BETTER, "better than the baseline");
    part(parts, variants, Verdict.WORSE, "worse");
    part(parts, variants, Verdict.UNDERFITS, "underfitting");
    part(parts, variants, Verdict.UNSTABLE, "unstable");
    part(parts, variants, Verdict.ALL_FAILED, "without a completed run");
    part(parts, variants, Verdict.TOO_FEW_SEEDS, "seen with too few seeds");
    long none =
        variants.stream()
            .filter(variant -> variant.verdict() == Verdict.NO_DIFFERENCE_SHOWN)
            .count();
    long overfitting = variants.stream().filter(VariantSummary::overfits).count();
    String said =
        parts.isEmpty()
            ? "At the best epoch no variant is shown to differ from the baseline"
            : "At the best epoch: "
                + String.join("; ", parts)
                + (none > 0 ? "; no difference shown: " + none : "");
    return said
        + (overfitting > 0
            ? "; overfitting by the last epoch: " + Formats.count(overfitting, "variant")
            : "")
        + ".";
  }

  private static void part(
      List<String> parts, List<VariantSummary> variants, Verdict verdict, String words) {
    List<String> names =
        variants.stream()
            .filter(variant -> variant.verdict() == verdict)
            .map(VariantSummary::name)
            .toList();
    if (!names.isEmpty()) {
      String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
      parts.add(
          words
              + ": "
              + some
              + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : ""));
    }
  }

  /** What the penalty is worth to someone who does not stop early. */
  private static @Nullable String lastEpoch(
      List<Comparison> comparisons, List<Selection> selections) {
    if (selections.size() != 1) {
      return null;
    }
    Comparison last =
        comparisons.stream()
            .filter(comparison -> comparison.moment() == Moment.LAST_EPOCH)
            .filter(comparison -> comparison.validation().n() >= Rule.PAIRS)
            .max(Comparator.comparingDouble(comparison -> comparison.validation().mean()))
            .orElse(null);
    if (last == null) {
      return null;
    }
    if (last.judgement().verdict() != Verdict.BETTER) {
      return "At the last epoch no variant is shown to be better than the baseline.";
    }
    Comparison early = find(comparisons, last.variant(), Moment.BEST_EPOCH);
    double gain = early == null ? Double.NaN : early.validation().mean();
    return "Without early stopping "
        + last.variant()
        + " helps most: "
        + Formats.difference(last.validation().mean())
        + " at the last epoch (adjusted "
        + pValue(last)
        + "), against "
        + Formats.difference(gain)
        + " at the best epoch.";
  }

  private static @Nullable Comparison find(
      List<Comparison> comparisons, String variant, Moment moment) {
    return comparisons.stream()
        .filter(comparison -> comparison.variant().equals(variant))
        .filter(comparison -> comparison.moment() == moment)
        .findFirst()
        .orElse(null);
  }
}

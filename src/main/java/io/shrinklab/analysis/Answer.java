package io.shrinklab.analysis;

import io.shrinklab.spec.Experiment;
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
    part(parts, variants, Verdict.BETTER, "is better than the baseline", "are better");
    part(parts, variants, Verdict.WORSE, "is worse than the baseline", "are worse");
    part(parts, variants, Verdict.UNDERFITS, "underfits", "underfit");
    part(parts, variants, Verdict.UNSTABLE, "is unstable", "are unstable");
    part(parts, variants, Verdict.ALL_FAILED, "has no completed run", "have no completed run");
    part(parts, variants, Verdict.TOO_FEW_SEEDS, "has too few seeds", "have too few seeds");
    long none =
        variants.stream()
            .filter(variant -> variant.verdict() == Verdict.NO_DIFFERENCE_SHOWN)
            .count();
    String said;
    if (parts.isEmpty()) {
      said = "At the best epoch no variant is shown to differ from the baseline.";
    } else {
      said =
          "At the best epoch "
              + String.join("; ", parts)
              + (none == 0
                  ? ""
                  : "; no difference is shown for "
                      + (none == 1 ? "one other" : "the other " + none))
              + ".";
    }
    List<String> overfitting =
        variants.stream().filter(VariantSummary::overfits).map(VariantSummary::name).toList();
    return overfitting.isEmpty()
        ? said
        : said
            + " By the last epoch "
            + some(overfitting)
            + (overfitting.size() == 1 ? " overfits." : " overfit.");
  }

  private static void part(
      List<String> parts, List<VariantSummary> variants, Verdict verdict, String one, String more) {
    List<String> names =
        variants.stream()
            .filter(variant -> variant.verdict() == verdict)
            .map(VariantSummary::name)
            .toList();
    if (!names.isEmpty()) {
      parts.add(some(names) + " " + (names.size() == 1 ? one : more));
    }
  }

  /** {@code a}, {@code a and b}, {@code a, b, c and 4 more}. */
  private static String some(List<String> names) {
    int shown = names.size() <= NAMED ? names.size() - 1 : NAMED;
    String rest =
        names.size() <= NAMED ? names.get(names.size() - 1) : names.size() - NAMED + " more";
    return shown == 0 ? rest : String.join(", ", names.subList(0, shown)) + " and " + rest;
  }

  /** What the penalty is worth to someone who does not stop early. */
  private static @Nullable String lastEpoch(
      List<Comparison> comparisons, List<Selection> selections) {
    List<Comparison> last =
        comparisons.stream()
            .filter(comparison -> comparison.moment() == Moment.LAST_EPOCH)
            .filter(comparison -> comparison.validation().n() >= Rule.PAIRS)
            .toList();
    if (last.isEmpty()) {
      return null;
    }
    List<Comparison> better =
        last.stream()
            .filter(comparison -> comparison.judgement().verdict() == Verdict.BETTER)
            .toList();
    if (better.isEmpty()) {
      return "At the last epoch no variant is shown to be better than the baseline.";
    }
    Comparison most =
        better.stream()
            .max(Comparator.comparingDouble(comparison -> comparison.validation().mean()))
            .orElseThrow();
    Comparison early = find(comparisons, most.variant(), Moment.BEST_EPOCH);
    double gain = early == null ? Double.NaN : early.validation().mean();
    return "Without early stopping "
        + (selections.size() == 1
            ? ""
            : "a variant is better than the baseline in "
                + better.stream().map(Comparison::setting).distinct().count()
                + " of "
                + last.stream().map(Comparison::setting).distinct().count()
                + " settings; ")
        + most.variant()
        + " helps most: "
        + Formats.difference(most.validation().mean())
        + " at the last epoch (adjusted "
        + pValue(most)
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

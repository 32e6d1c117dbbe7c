package io.shrinklab.wording;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.Selection;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sweep in two or three plain sentences. */
public final class Answer {
  private Answer() {}

  /** Names listed before "and N more". */
  private static final int NAMED = 3;

  /** What is best, which variants differ from the baseline, and what the last epoch adds. */
  public static List<String> of(SweepAnalysis analysis) {
    List<VariantSummary> variants = analysis.variants();
    List<Comparison> comparisons = analysis.comparisons();
    List<Selection> selections = analysis.selections();
    List<String> answer = new ArrayList<>();
    if (variants.stream().anyMatch(variant -> variant.counts().lost() > 0)) {
      answer.add(lost(variants));
    }
    if (variants.stream().allMatch(variant -> variant.counts().completed() == 0)) {
      answer.add("No run has completed yet, so there is nothing to say.");
      return answer;
    }
    if (selections.isEmpty()) {
      answer.add("No two variants completed the same seeds yet, so none can be called the best.");
    } else if (selections.size() == 1) {
      answer.add(best(analysis.scoreName(), selections.get(0), variants, comparisons));
    } else {
      answer.add(bestOverSettings(analysis.scoreName(), selections, comparisons));
    }
    answer.add(verdicts(variants, comparisons));
    String last = lastEpoch(comparisons, selections);
    if (last != null) {
      answer.add(last);
    }
    return answer;
  }

  /** Said before the answer, which might be another with the runs that it lacks. */
  private static String lost(List<VariantSummary> variants) {
    int planned = variants.stream().mapToInt(variant -> variant.counts().planned()).sum();
    int damaged = variants.stream().mapToInt(variant -> variant.counts().damaged()).sum();
    int unreadable = variants.stream().mapToInt(variant -> variant.counts().unreadable()).sum();
    List<String> causes = new ArrayList<>();
    if (damaged > 0) {
      causes.add(damaged + " damaged");
    }
    if (unreadable > 0) {
      causes.add(unreadable + " unreadable");
    }
    List<String> names =
        variants.stream()
            .filter(variant -> variant.counts().lost() > 0)
            .map(variant -> variant.name() + " (" + variant.counts().lost() + ")")
            .toList();
    boolean one = damaged + unreadable == 1;
    return "%s of %s %s stored but left out of this answer, %s: %s. With %s the answer may be another."
        .formatted(
            damaged + unreadable,
            Formats.count(planned, "run"),
            one ? "is" : "are",
            String.join(" and ", causes),
            Formats.some(names),
            one ? "it" : "them");
  }

  private static String best(
      String scoreName,
      Selection selection,
      List<VariantSummary> variants,
      List<Comparison> comparisons) {
    String start =
        "Best on validation is %s, with a mean %s of %s over %s"
            .formatted(
                selection.best(),
                scoreName,
                Formats.score(selection.validationScore().mean()),
                Formats.count(selection.validationScore().n(), "seed"));
    boolean baseline =
        variants.stream()
            .anyMatch(
                variant ->
                    variant.name().equals(selection.best())
                        && variant.verdict() == Verdict.BASELINE);
    if (baseline) {
      return start + ": the baseline itself; no other variant has a higher mean.";
    }
    Comparison comparison = find(comparisons, selection.best(), Moment.BEST_EPOCH);
    if (comparison == null || comparison.validation().n() == 0) {
      return start + "; there is no completed baseline to compare it with.";
    }
    return "%s: %s against %s, %s."
        .formatted(
            start,
            Formats.difference(comparison.validation().mean()),
            comparison.baseline(),
            luck(comparison));
  }

  private static String luck(Comparison comparison) {
    return switch (comparison.verdict()) {
      case BETTER -> "which is more than luck (adjusted " + pValue(comparison) + ")";
      case TOO_FEW_SEEDS -> "which too few seeds have seen to tell from luck";
      case WORSE,
          UNDERFITS,
          NO_DIFFERENCE_SHOWN,
          UNSTABLE,
          ALL_FAILED,
          NO_BASELINE,
          NOT_RUN,
          BASELINE ->
          "which may be luck (adjusted %s; a true difference of %s would probably have been found)"
              .formatted(pValue(comparison), Formats.score(comparison.smallestDetectable()));
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
            .filter(comparison -> comparison != null && comparison.verdict() == Verdict.BETTER)
            .count();
    return ("In %s of %s settings the variant that is best on validation beats the baseline by more"
            + " than luck; the highest mean %s of all is %s's, %s.")
        .formatted(
            better,
            selections.size(),
            scoreName,
            best.best(),
            Formats.score(best.validationScore().mean()));
  }

  private static String verdicts(List<VariantSummary> variants, List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      return "There is no other variant to compare with the baseline.";
    }
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      List<String> names = names(variants, variant -> variant.verdict() == verdict);
      String said = Verdicts.said(verdict, names.size() > 1);
      if (!names.isEmpty() && !said.isEmpty()) {
        parts.add(Formats.some(names, NAMED) + " " + said);
      }
    }
    long none =
        variants.stream()
            .filter(variant -> variant.verdict() == Verdict.NO_DIFFERENCE_SHOWN)
            .count();
    String others =
        none == 0
            ? ""
            : "; no difference is shown for " + (none == 1 ? "one other" : "the other " + none);
    String said =
        parts.isEmpty()
            ? "At the best epoch no variant is shown to differ from the baseline."
            : "At the best epoch %s%s.".formatted(String.join("; ", parts), others);
    List<String> overfitting = names(variants, VariantSummary::overfits);
    return overfitting.isEmpty()
        ? said
        : "%s By the last epoch %s %s."
            .formatted(
                said,
                Formats.some(overfitting, NAMED),
                overfitting.size() == 1 ? "overfits" : "overfit");
  }

  private static List<String> names(
      List<VariantSummary> variants, Predicate<VariantSummary> which) {
    return variants.stream().filter(which).map(VariantSummary::name).toList();
  }

  /** What the penalty is worth to someone who does not stop early. */
  private static @Nullable String lastEpoch(
      List<Comparison> comparisons, List<Selection> selections) {
    List<Comparison> last =
        comparisons.stream()
            .filter(comparison -> comparison.moment() == Moment.LAST_EPOCH)
            .filter(comparison -> comparison.validation().hasInterval())
            .toList();
    if (last.isEmpty()) {
      return null;
    }
    List<Comparison> better =
        last.stream().filter(comparison -> comparison.verdict() == Verdict.BETTER).toList();
    if (better.isEmpty()) {
      return "At the last epoch no variant is shown to be better than the baseline.";
    }
    Comparison most =
        better.stream()
            .max(Comparator.comparingDouble(comparison -> comparison.validation().mean()))
            .orElseThrow();
    Comparison early = find(comparisons, most.variant(), Moment.BEST_EPOCH);
    double gain = early == null ? Double.NaN : early.validation().mean();
    String settings =
        selections.size() == 1
            ? ""
            : "a variant is better than the baseline in %s of %s settings; "
                .formatted(settings(better), settings(last));
    return ("Without early stopping %s%s helps most: %s at the last epoch (adjusted %s), against %s"
            + " at the best epoch.")
        .formatted(
            settings,
            most.variant(),
            Formats.difference(most.validation().mean()),
            pValue(most),
            Formats.difference(gain));
  }

  private static long settings(List<Comparison> comparisons) {
    return comparisons.stream().map(Comparison::setting).distinct().count();
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

package io.shrinklab.analysis;

import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Experiment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From numbers to verdicts, by the {@link Rule}: what is decided is decided here. */
final class Judge {
  private Judge() {}

  /** The verdict of one comparison: the first line that holds. */
  static Verdict verdict(Comparisons.Draft draft, double adjusted, boolean underfits) {
    RunCounts counts = draft.variant().counts();
    if (counts.completed() == 0) {
      return counts.diverged() + counts.failed() == 0 ? Verdict.NOT_RUN : Verdict.ALL_FAILED;
    }
    if (draft.baseline() == null || draft.baseline().counts().completed() == 0) {
      return Verdict.NO_BASELINE;
    }
    if (!draft.validation().hasInterval()) {
      return Verdict.TOO_FEW_SEEDS;
    }
    if (underfits) {
      return Verdict.UNDERFITS;
    }
    boolean differs = adjusted < Rule.LEVEL;
    if (differs && draft.validation().mean() < 0) {
      return Verdict.WORSE;
    }
    if (counts.diverged() > 0) {
      return Verdict.UNSTABLE;
    }
    return differs ? Verdict.BETTER : Verdict.NO_DIFFERENCE_SHOWN;
  }

  /** By variant: whether both scores are below the baseline's, at the best and the last epoch. */
  static Map<String, Boolean> underfits(List<Comparisons.Draft> drafts) {
    return drafts.stream()
        .collect(
            Collectors.toMap(
                draft -> draft.variant().name(),
                draft -> below(draft.validation()) && below(draft.train()),
                Boolean::logicalAnd));
  }

  private static boolean below(PairedDifference difference) {
    return difference.mean() < 0 && difference.pValue() < Rule.LEVEL;
  }

  /** The summaries with their verdicts: the best epoch's comparison decides. */
  static List<VariantSummary> all(
      Experiment experiment, List<VariantSummary> variants, List<Comparison> comparisons) {
    Map<String, Verdict> verdicts = new HashMap<>();
    for (Comparison comparison : comparisons) {
      if (comparison.moment() == Moment.BEST_EPOCH) {
        verdicts.put(comparison.variant(), comparison.verdict());
      }
    }
    return variants.stream()
        .map(
            variant -> {
              Verdict verdict =
                  Comparisons.isBaseline(experiment, variant)
                      ? Verdict.BASELINE
                      : Objects.requireNonNull(verdicts.get(variant.name()));
              return variant.judged(
                  verdict, verdict == Verdict.UNDERFITS ? null : overfitting(variant));
            })
        .toList();
  }

  /** Whether a variant overfits by the end of training; null when it does not, or none can say. */
  private static @Nullable Overfitting overfitting(VariantSummary variant) {
    Estimate gap = variant.last().get(Metric.GAP);
    Estimate rise = variant.lossRise();
    double lowest = variant.last().get(Metric.VALIDATION_LOSS).mean() - rise.mean();
    return !gap.hasInterval() || gap.low() <= Rule.GAP || rise.low() <= Rule.RISE * lowest
        ? null
        : new Overfitting(gap.mean(), rise.mean(), lowest);
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Experiment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From numbers to verdicts, by the {@link Rule}: what is decided is decided here. */
final class Judge {
  private Judge() {}

  /**
   * The verdict of one comparison: the first line that holds.
   *
   * @param score what the validation score's interval says
   */
  static Verdict verdict(Comparisons.Draft draft, Verdict score) {
    RunCounts counts = draft.variant().counts();
    if (counts.completed() == 0) {
      return counts.diverged() + counts.failed() == 0 ? Verdict.NOT_RUN : Verdict.ALL_FAILED;
    }
    if (draft.baseline() == null || draft.baseline().counts().completed() == 0) {
      return Verdict.NO_BASELINE;
    }
    // Seeds that survived are a chosen sample: only against them can they speak.
    return counts.diverged() > 0 && (score == Verdict.BETTER || score == Verdict.EQUIVALENT)
        ? Verdict.NO_DIFFERENCE_SHOWN
        : score;
  }

  /** What stands beside the verdict; null where there is nothing to add. */
  static @Nullable Reason reason(Comparisons.Draft draft, Verdict verdict, Contrast train) {
    if (verdict == Verdict.WORSE && draft.baseline() != null) {
      if (collapsed(draft.variant(), draft.baseline())) {
        return Reason.COLLAPSED;
      }
      if (train.below()) {
        return Reason.UNDERFITS;
      }
      if (draft.variant().counts().diverged() > 0) {
        return Reason.UNSTABLE;
      }
      return overfitting(draft.variant()) == null ? null : Reason.OVERFITS;
    }
    return verdict == Verdict.NO_DIFFERENCE_SHOWN && draft.variant().counts().diverged() > 0
        ? Reason.UNSTABLE
        : null;
  }

  /** Whether next to nothing is left at the end of what the baseline gains over chance. */
  private static boolean collapsed(VariantSummary variant, VariantSummary baseline) {
    double chance = variant.chanceScore().mean();
    double left = variant.last().get(Metric.VALIDATION_SCORE).mean() - chance;
    double gained = baseline.last().get(Metric.VALIDATION_SCORE).mean() - chance;
    return gained > 0 && left <= Rule.COLLAPSE * gained;
  }

  /** The summaries with their verdicts: the best epoch's comparison decides. */
  static List<VariantSummary> all(
      Experiment experiment, List<VariantSummary> variants, List<Comparison> comparisons) {
    Map<String, Comparison> decisive = Comparison.byVariant(comparisons, Moment.BEST_EPOCH);
    return variants.stream()
        .map(
            variant -> {
              if (experiment.isBaseline(variant.variant())) {
                return variant.judged(Verdict.BASELINE, null, overfitting(variant));
              }
              Comparison comparison = Objects.requireNonNull(decisive.get(variant.name()));
              boolean low =
                  comparison.reason() == Reason.UNDERFITS
                      || comparison.reason() == Reason.COLLAPSED;
              return variant.judged(
                  comparison.verdict(), comparison.reason(), low ? null : overfitting(variant));
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

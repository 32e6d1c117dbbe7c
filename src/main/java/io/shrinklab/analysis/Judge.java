package io.shrinklab.analysis;

import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From numbers to verdicts, by the {@link Rule}. */
final class Judge {
  private Judge() {}

  /** The summaries with their judgements: the best epoch's comparison decides. */
  static List<VariantSummary> all(
      Experiment experiment, List<VariantSummary> variants, List<Comparison> comparisons) {
    Map<String, Judgement> verdicts = new HashMap<>();
    for (Comparison comparison : comparisons) {
      if (comparison.moment() == Moment.BEST_EPOCH) {
        verdicts.put(comparison.variant(), comparison.judgement());
      }
    }
    return variants.stream()
        .map(
            variant -> {
              List<Judgement> judgements = new ArrayList<>();
              judgements.add(
                  Comparisons.isBaseline(experiment, variant)
                      ? baseline(variant)
                      : Objects.requireNonNull(verdicts.get(variant.name())));
              Judgement overfitting = overfitting(variant);
              if (overfitting != null && judgements.get(0).verdict() != Verdict.UNDERFITS) {
                judgements.add(overfitting);
              }
              return variant.judged(judgements);
            })
        .toList();
  }

  private static Judgement baseline(VariantSummary variant) {
    RunCounts counts = variant.counts();
    return new Judgement(
        Verdict.BASELINE,
        "the others are compared with it; "
            + counts.completed()
            + " of "
            + Formats.count(counts.planned(), "run")
            + " completed");
  }

  /** The verdict of one comparison. */
  static Judgement difference(
      VariantSummary variant,
      @Nullable VariantSummary baseline,
      PairedDifference validation,
      double adjusted,
      PairedDifference training,
      boolean underfits,
      double smallest) {
    RunCounts counts = variant.counts();
    if (counts.completed() == 0) {
      return counts.diverged() + counts.failed() == 0
          ? new Judgement(
              Verdict.NOT_RUN, counts.lost() == 0 ? "no run yet" : "no run that can be used")
          : new Judgement(
              Verdict.ALL_FAILED,
              "no run completed: "
                  + counts.diverged()
                  + " diverged, "
                  + counts.failed()
                  + " failed, "
                  + counts.missing()
                  + " missing"
                  + (counts.lost() == 0 ? "" : ", " + counts.lost() + " damaged or unreadable"));
    }
    if (baseline == null || baseline.counts().completed() == 0) {
      return new Judgement(Verdict.NO_BASELINE, "no run of the baseline completed");
    }
    int n = validation.n();
    if (n < Rule.PAIRS) {
      return new Judgement(
          Verdict.TOO_FEW_SEEDS,
          Formats.count(n, "seed")
              + " completed by both, "
              + Rule.PAIRS
              + " needed for an interval");
    }
    if (underfits) {
      return new Judgement(
          Verdict.UNDERFITS,
          "validation score "
              + inWords(validation)
              + ", "
              + Formats.pValue(validation.pValue())
              + ", training score "
              + inWords(training)
              + ", "
              + Formats.pValue(training.pValue())
              + ", "
              + Formats.count(n, "seed")
              + ": both below the baseline's, at the best and at the last epoch");
    }
    String numbers =
        "validation score "
            + inWords(validation)
            + ", adjusted "
            + Formats.pValue(adjusted)
            + ", "
            + Formats.count(n, "seed");
    if (adjusted < Rule.LEVEL && validation.mean() < 0) {
      return new Judgement(Verdict.WORSE, numbers + ": below the baseline's");
    }
    if (counts.diverged() > 0) {
      return new Judgement(
          Verdict.UNSTABLE,
          counts.diverged()
              + " of "
              + Formats.count(counts.planned(), "run")
              + " diverged, the others are a chosen sample; there "
              + numbers);
    }
    if (adjusted < Rule.LEVEL) {
      return new Judgement(Verdict.BETTER, numbers + ": above the baseline's");
    }
    return new Judgement(
        Verdict.NO_DIFFERENCE_SHOWN,
        numbers
            + "; a true difference of "
            + Formats.score(smallest)
            + " would have been found four times out of five");
  }

  /** Whether a difference is negative and its own interval excludes 0. */
  static boolean below(PairedDifference difference) {
    return difference.mean() < 0 && difference.pValue() < Rule.LEVEL;
  }

  private static String inWords(PairedDifference difference) {
    return "difference "
        + Formats.difference(difference.mean())
        + " ["
        + Formats.difference(difference.low())
        + ", "
        + Formats.difference(difference.high())
        + "]";
  }

  /** Whether a variant overfits by the end of training; null when it does not, or none can say. */
  static @Nullable Judgement overfitting(VariantSummary variant) {
    Estimate gap = variant.last().get(Metric.GAP);
    Estimate rise = variant.lossRise();
    double lowest = variant.last().get(Metric.VALIDATION_LOSS).mean() - rise.mean();
    if (!gap.hasInterval() || gap.low() <= Rule.GAP || rise.low() <= Rule.RISE * lowest) {
      return null;
    }
    return new Judgement(
        Verdict.OVERFITS,
        "at the last epoch the training score is "
            + Formats.score(gap.mean())
            + " above the validation score, and the validation loss rose by "
            + Formats.score(rise.mean())
            + " after its minimum of "
            + Formats.score(lowest));
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every variant against the baseline of its setting, at both moments. */
final class Comparisons {
  private Comparisons() {}

  /** A comparison before Holm's adjustment, which needs all of them. */
  record Draft(
      VariantSummary variant,
      String baselineName,
      @Nullable VariantSummary baseline,
      Moment moment,
      PairedTest test,
      double ratio,
      PairedDifference validation,
      PairedDifference train,
      double wilcoxon) {}

  static List<Comparison> of(
      Experiment experiment, List<VariantSummary> variants, List<RunRecord> records) {
    Map<String, VariantSummary> baselines = baselines(experiment, variants);
    Map<String, PartSizes> sizes = sizes(records);
    List<Draft> drafts = new ArrayList<>();
    for (VariantSummary variant : variants) {
      if (isBaseline(experiment, variant)) {
        continue;
      }
      VariantSummary baseline = baselines.get(variant.variant().setting());
      for (Moment moment : Moment.values()) {
        drafts.add(draft(experiment, variant, baseline, moment, sizes.get(variant.name())));
      }
    }
    return adjusted(drafts);
  }

  static boolean isBaseline(Experiment experiment, VariantSummary variant) {
    return variant.variant().entry().equals(experiment.baseline());
  }

  private static Map<String, VariantSummary> baselines(
      Experiment experiment, List<VariantSummary> variants) {
    Map<String, VariantSummary> baselines = new HashMap<>();
    for (VariantSummary variant : variants) {
      if (isBaseline(experiment, variant)) {
        baselines.put(variant.variant().setting(), variant);
      }
    }
    return baselines;
  }

  private static Map<String, PartSizes> sizes(List<RunRecord> records) {
    Map<String, PartSizes> sizes = new HashMap<>();
    for (RunRecord run : records) {
      if (run.status() == RunStatus.COMPLETED) {
        sizes.putIfAbsent(run.spec().variant().name(), run.sizes());
      }
    }
    return sizes;
  }

  private static Draft draft(
      Experiment experiment,
      VariantSummary variant,
      @Nullable VariantSummary baseline,
      Moment moment,
      @Nullable PartSizes sizes) {
    PairedTest test =
        variant.variant().data().split() == DataSpec.Split.PER_SEED
            ? PairedTest.NADEAU_BENGIO
            : PairedTest.PAIRED_T;
    double ratio = test == PairedTest.PAIRED_T || sizes == null ? 0 : Overlap.ratio(sizes);
    double trainingRatio =
        test == PairedTest.PAIRED_T || sizes == null ? 0 : Overlap.trainingRatio(sizes);
    Pairs validation = new Pairs();
    Pairs train = new Pairs();
    if (baseline != null) {
      for (int i = 0; i < variant.runs().size(); i++) {
        RunSummary run = variant.runs().get(i);
        RunSummary other = baseline.runs().get(i);
        EpochMetrics left = run.at(moment);
        EpochMetrics right = other.at(moment);
        if (run.completed() && other.completed() && left != null && right != null) {
          validation.add(run.seed(), left.validationScore(), right.validationScore());
          train.add(run.seed(), left.get(Metric.TRAIN_SCORE), right.get(Metric.TRAIN_SCORE));
        }
      }
    }
    PairedDifference difference = validation.difference(ratio);
    return new Draft(
        variant,
        baseline == null ? experiment.baseline() : baseline.name(),
        baseline,
        moment,
        test,
        ratio,
        difference,
        train.difference(trainingRatio),
        difference.hasInterval()
            ? SignedRank.pValue(
                difference.differences().stream().mapToDouble(each -> each).toArray())
            : Double.NaN);
  }

  private static List<Comparison> adjusted(List<Draft> drafts) {
    double[] validation =
        Holm.adjust(drafts.stream().mapToDouble(draft -> draft.validation().pValue()).toArray());
    double[] wilcoxon = Holm.adjust(drafts.stream().mapToDouble(Draft::wilcoxon).toArray());
    int tested = (int) drafts.stream().filter(draft -> draft.validation().hasInterval()).count();
    Map<Integer, Double> detectable = new HashMap<>();
    Map<String, Boolean> underfits = Judge.underfits(drafts);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      PairedDifference difference = draft.validation();
      double smallest = Double.NaN;
      if (difference.hasInterval()) {
        smallest =
            difference.standardError()
                * detectable.computeIfAbsent(
                    difference.n() - 1,
                    degrees -> Power.noncentrality(Rule.POWER, degrees, Rule.LEVEL / tested));
      }
      comparisons.add(
          new Comparison(
              draft.variant().name(),
              draft.baselineName(),
              draft.variant().variant().setting(),
              draft.moment(),
              difference,
              draft.train(),
              draft.test(),
              draft.ratio(),
              validation[i],
              draft.wilcoxon(),
              wilcoxon[i],
              smallest,
              Judge.verdict(
                  draft, validation[i], underfits.getOrDefault(draft.variant().name(), false))));
    }
    return comparisons;
  }
}

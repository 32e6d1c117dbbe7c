package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every variant against the baseline of its setting, at both moments. */
final class Comparisons {
  private Comparisons() {}

  /** A comparison's numbers before it is seen among the others. */
  record Draft(
      VariantSummary variant,
      String baselineName,
      @Nullable VariantSummary baseline,
      Moment moment,
      Layout layout,
      double ratio,
      double trainingRatio,
      Pairs score,
      Pairs loss,
      Pairs train) {}

  static List<Comparison> of(
      Experiment experiment, List<VariantSummary> variants, List<RunRecord> records) {
    return of(experiment, variants, records, Rule.LEVEL);
  }

  /**
   * The same as one of several looks.
   *
   * @param level what this look may spend of {@link Rule#LEVEL}
   */
  static List<Comparison> of(
      Experiment experiment, List<VariantSummary> variants, List<RunRecord> records, double level) {
    Map<String, VariantSummary> baselines = baselines(experiment, variants);
    Map<String, PartSizes> sizes = sizes(records);
    // Where both are one, it is asked as the decisive one and spends no error twice.
    boolean one = Moment.of(variants).size() == 1;
    List<Moment> moments = one ? List.of(Moment.BEST_EPOCH) : List.of(Moment.values());
    List<Draft> drafts = new ArrayList<>();
    for (VariantSummary variant : variants) {
      if (experiment.isBaseline(variant.variant())) {
        continue;
      }
      VariantSummary baseline = baselines.get(variant.variant().setting());
      for (Moment moment : moments) {
        drafts.add(draft(experiment, variant, baseline, moment, sizes.get(variant.name())));
      }
    }
    List<Comparison> judged = judged(experiment, drafts, moments.size(), level);
    return one
        ? judged.stream().flatMap(each -> Stream.of(each, each.at(Moment.LAST_EPOCH))).toList()
        : judged;
  }

  private static Map<String, VariantSummary> baselines(
      Experiment experiment, List<VariantSummary> variants) {
    Map<String, VariantSummary> baselines = new HashMap<>();
    for (VariantSummary variant : variants) {
      if (experiment.isBaseline(variant.variant())) {
        baselines.put(variant.variant().setting(), variant);
      }
    }
    return baselines;
  }

  /** Rows in the parts, by variant. */
  static Map<String, PartSizes> sizes(List<RunRecord> records) {
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
    DataSpec data = variant.variant().data();
    Layout layout = sizes == null ? Layout.ONE_SPLIT : Overlap.layout(data.split(), sizes);
    double ratio = Overlap.validation(data, sizes);
    double trainingRatio =
        layout == Layout.ONE_SPLIT || sizes == null ? 0 : Overlap.trainingRatio(sizes);
    Pairs score = new Pairs();
    Pairs loss = new Pairs();
    Pairs train = new Pairs();
    if (baseline != null) {
      for (int i = 0; i < variant.runs().size(); i++) {
        RunSummary run = variant.runs().get(i);
        RunSummary other = baseline.runs().get(i);
        EpochMetrics left = run.at(moment);
        EpochMetrics right = other.at(moment);
        if (run.completed() && other.completed() && left != null && right != null) {
          score.add(run.seed(), left.validationScore(), right.validationScore());
          loss.add(run.seed(), left.validationLoss(), right.validationLoss());
          train.add(run.seed(), left.get(Metric.TRAIN_SCORE), right.get(Metric.TRAIN_SCORE));
        }
      }
    }
    return new Draft(
        variant,
        baseline == null ? experiment.baseline() : baseline.name(),
        baseline,
        moment,
        layout,
        ratio,
        trainingRatio,
        score,
        loss,
        train);
  }

  private static List<Comparison> judged(
      Experiment experiment, List<Draft> drafts, int moments, double level) {
    Contrasts contrasts =
        Contrasts.among(drafts, experiment.seeds(), experiment.judging().margin(), level);
    boolean beyond = experiment.judging().claim() == Claim.BEYOND_THESE_ROWS;
    Map<Draft, Contrasts.Chained> decided = new HashMap<>();
    List<Contrast> otherwise = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i += moments) {
      List<Draft> ofVariant = drafts.subList(i, i + moments);
      decided.putAll(contrasts.chain(ofVariant, beyond));
      otherwise.addAll(contrasts.scores(ofVariant, !beyond));
    }
    List<PairedDifference> scores =
        drafts.stream().map(draft -> chained(decided, draft).score().difference()).toList();
    double[] wilcoxon = scores.stream().mapToDouble(Comparisons::wilcoxon).toArray();
    double[] holmWilcoxon = Holm.adjust(wilcoxon);
    double[] holm = Holm.adjust(scores.stream().mapToDouble(PairedDifference::pValue).toArray());
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      Contrasts.Chained chained = chained(decided, draft);
      double ratio = beyond ? draft.ratio() : 0;
      Verdict verdict = Judge.verdict(draft, chained.score().verdict());
      comparisons.add(
          new Comparison(
              draft.variant().name(),
              draft.baselineName(),
              draft.variant().variant().setting(),
              draft.moment(),
              chained.score(),
              chained.loss(),
              chained.train(),
              draft.ratio() == 0 ? null : otherwise.get(i),
              draft.layout(),
              ratio,
              holm[i],
              wilcoxon[i],
              holmWilcoxon[i],
              verdict,
              Judge.reason(draft, verdict, chained.train())));
    }
    return comparisons;
  }

  private static Contrasts.Chained chained(Map<Draft, Contrasts.Chained> chains, Draft draft) {
    return Objects.requireNonNull(chains.get(draft));
  }

  private static double wilcoxon(PairedDifference difference) {
    return difference.hasInterval()
        ? SignedRank.pValue(difference.differences().stream().mapToDouble(each -> each).toArray())
        : Double.NaN;
  }
}

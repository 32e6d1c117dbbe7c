package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variants of a setting among which validation chooses, on the seeds that all of them
 * completed.
 */
final class Candidates {
  private final List<VariantSummary> variants;
  private final Set<Long> seeds;
  private final Map<String, PartSizes> sizes;

  private Candidates(List<VariantSummary> variants, Set<Long> seeds, Map<String, PartSizes> sizes) {
    this.variants = variants;
    this.seeds = seeds;
    this.sizes = sizes;
  }

  /**
   * Those without diverged runs that completed more than half as large a share of their seeds as
   * the most complete one; null where they share no seed.
   *
   * @param sizes rows in the parts, by variant
   */
  static @Nullable Candidates of(List<VariantSummary> setting, Map<String, PartSizes> sizes) {
    double most = setting.stream().mapToDouble(Candidates::share).max().orElse(0);
    int planned = setting.stream().mapToInt(member -> member.counts().planned()).max().orElse(0);
    // A variant that ran on half of its seeds may just have had the easy ones. One that was seen to
    // be worse before all seeds were asked is out, and the others need not be ranked on its seeds.
    List<VariantSummary> variants =
        setting.stream()
            .filter(member -> member.counts().diverged() == 0)
            .filter(member -> member.counts().completed() > 0)
            .filter(member -> 2 * share(member) > most)
            .filter(
                member -> member.verdict() != Verdict.WORSE || member.counts().planned() == planned)
            .toList();
    Set<Long> seeds = common(variants);
    return seeds.isEmpty() ? null : new Candidates(variants, seeds, sizes);
  }

  private static double share(VariantSummary variant) {
    return (double) variant.counts().completed() / variant.counts().planned();
  }

  private static Set<Long> common(List<VariantSummary> variants) {
    Set<Long> seeds = new LinkedHashSet<>();
    variants.forEach(variant -> seeds.addAll(completed(variant)));
    variants.forEach(variant -> seeds.retainAll(completed(variant)));
    return seeds;
  }

  private static Set<Long> completed(VariantSummary variant) {
    return variant.runs().stream()
        .filter(RunSummary::completed)
        .map(RunSummary::seed)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** In the experiment's order. */
  List<VariantSummary> variants() {
    return variants;
  }

  /** In the experiment's order. */
  List<Long> seeds() {
    return List.copyOf(seeds);
  }

  /** A variant over the common seeds. */
  Estimate over(VariantSummary variant, ToDoubleFunction<RunSummary> value) {
    return Estimate.of(
        variant.runs().stream()
            .filter(run -> seeds.contains(run.seed()))
            .mapToDouble(value)
            .toArray());
  }

  /** The validation score at the best epoch. */
  Estimate score(VariantSummary variant) {
    return over(variant, Candidates::validationScore);
  }

  /** The same of one of the common seeds. */
  double score(VariantSummary variant, long seed) {
    return variant.runs().stream()
        .filter(run -> run.seed() == seed)
        .mapToDouble(Candidates::validationScore)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Differences of the validation score at the best epoch, over the common seeds. */
  PairedDifference difference(VariantSummary left, VariantSummary right) {
    Pairs pairs = new Pairs();
    for (int i = 0; i < left.runs().size(); i++) {
      RunSummary run = left.runs().get(i);
      if (seeds.contains(run.seed())) {
        pairs.add(run.seed(), validationScore(run), validationScore(right.runs().get(i)));
      }
    }
    return pairs.difference(ratio(List.of(left, right)));
  }

  /** What the overlap of splits adds to 1 / n in the variance of differences between some. */
  double ratio(List<VariantSummary> some) {
    return some.stream()
        .mapToDouble(each -> Overlap.validation(each.variant().data(), sizes.get(each.name())))
        .max()
        .orElse(0);
  }

  /** The first of those with the highest mean. */
  VariantSummary highest(List<VariantSummary> some) {
    VariantSummary best = some.get(0);
    for (VariantSummary each : some) {
      // Not by the means themselves, whose last bits depend on the order of the seeds' scores.
      if (difference(each, best).mean() > 0) {
        best = each;
      }
    }
    return best;
  }

  private static double validationScore(RunSummary run) {
    return run.best() == null ? Double.NaN : run.best().validationScore();
  }
}

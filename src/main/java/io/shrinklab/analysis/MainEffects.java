package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which setting matters most: main effects of a factorial design.
 *
 * <p>The effect of a value is the mean score of its variants minus the mean over all values of the
 * setting, over the same combinations of the other settings: where a combination does not occur
 * with each value, it does not enter, and values are left out where more variants enter without
 * them. No model is fitted. Each effect is one difference per seed; their intervals are those of
 * {@link Contrasts}, simultaneous over all values of all settings, a family of its own beside the
 * comparisons with the baseline.
 *
 * @param effects the largest share first, those not computed last
 * @param seeds that all variants that enter have in common
 * @param leftOut variants that do not enter: some runs diverged, or too few completed
 * @param interplay the share of the variation that goes with no single setting; NaN where the
 *     settings' shares are not of the same variants
 */
public record MainEffects(
    List<MainEffect> effects, int seeds, List<String> leftOut, double interplay) {
  /** Where there is nothing to tell. */
  public static final MainEffects NONE = new MainEffects(List.of(), 0, List.of(), Double.NaN);

  /** Copies the list. */
  public MainEffects {
    effects = List.copyOf(effects);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Of the validation score at the decisive epoch.
   *
   * @param variants of a sweep
   * @param claim what the intervals are about
   * @param factors as {@link Factor#distinct} gives them
   * @param records of these variants
   */
  public static MainEffects of(
      List<VariantSummary> variants, Claim claim, List<Factor> factors, List<RunRecord> records) {
    Candidates candidates = Candidates.of(variants, Comparisons.sizes(records));
    if (candidates == null) {
      return new MainEffects(
          factors.stream().map(each -> without(each, MainEffect.Gap.NO_COMMON_SEED)).toList(),
          0,
          List.of(),
          Double.NaN);
    }
    boolean beyond = claim == Claim.BEYOND_THESE_ROWS;
    List<Design> designs = new ArrayList<>();
    for (Factor factor : factors) {
      designs.add(Design.of(factor, factors, candidates));
    }
    List<Pairs> pairs =
        designs.stream().flatMap(design -> design.pairs().values().stream()).toList();
    Contrasts contrasts = Contrasts.among(pairs, candidates.seeds());
    List<MainEffect> effects =
        designs.stream()
            .map(design -> design.effect(contrasts, beyond ? candidates.ratio(design.used()) : 0))
            .sorted(
                Comparator.comparingDouble(
                    effect -> Double.isNaN(effect.share()) ? 1 : -effect.share()))
            .toList();
    return new MainEffects(
        effects,
        candidates.seeds().size(),
        variants.stream()
            .filter(variant -> !candidates.variants().contains(variant))
            .map(VariantSummary::name)
            .toList(),
        interplay(effects, candidates.variants().size()));
  }

  private static double interplay(List<MainEffect> effects, int variants) {
    return effects.size() > 1 && effects.stream().allMatch(each -> each.variants() == variants)
        ? Math.max(0, 1 - effects.stream().mapToDouble(MainEffect::share).sum())
        : Double.NaN;
  }

  private static MainEffect without(Factor factor, MainEffect.Gap gap) {
    return new MainEffect(
        factor,
        0,
        factor.places().stream()
            .map(value -> new MainEffect.Level(value, 0, Double.NaN, null))
            .toList(),
        Double.NaN,
        gap);
  }

  /**
   * A setting's values crossed with combinations of the others.
   *
   * @param cells variants by value, then by combination; each value has the same combinations
   * @param pairs by value, a pair per seed: its mean score, and the mean over all values
   */
  private record Design(
      Factor factor,
      Candidates candidates,
      Map<String, List<VariantSummary>> cells,
      Map<String, Pairs> pairs,
      MainEffect.@Nullable Gap gap) {

    static Design of(Factor factor, List<Factor> all, Candidates candidates) {
      List<Factor> others = all.stream().filter(other -> !factor.decides(other)).toList();
      Map<List<String>, Map<String, VariantSummary>> blocks = new LinkedHashMap<>();
      for (VariantSummary variant : candidates.variants()) {
        blocks
            .computeIfAbsent(
                others.stream().map(other -> other.of(variant.name())).toList(),
                combination -> new HashMap<>())
            // Two with the same settings are one treatment under two names.
            .putIfAbsent(factor.of(variant.name()), variant);
      }
      Map<String, List<VariantSummary>> cells = crossed(factor.places(), blocks.values());
      int used = cells.values().stream().mapToInt(List::size).sum();
      if (cells.size() < 2 || 2 * used < candidates.variants().size()) {
        return new Design(factor, candidates, Map.of(), Map.of(), MainEffect.Gap.UNBALANCED);
      }
      if (blocks.size() == 1 && all.size() > 1) {
        return new Design(factor, candidates, Map.of(), Map.of(), MainEffect.Gap.OWN_VALUES);
      }
      return new Design(factor, candidates, cells, pairs(cells, candidates), null);
    }

    /** The values that most combinations have, as many of them as let most variants enter. */
    private static Map<String, List<VariantSummary>> crossed(
        List<String> values, Iterable<Map<String, VariantSummary>> blocks) {
      Map<String, Integer> frequency = new HashMap<>();
      blocks.forEach(
          block -> block.keySet().forEach(value -> frequency.merge(value, 1, Integer::sum)));
      List<String> common =
          values.stream()
              .filter(frequency::containsKey)
              .sorted(Comparator.comparing(frequency::get, Comparator.reverseOrder()))
              .toList();
      Map<String, List<VariantSummary>> most = Map.of();
      int entering = 0;
      for (int count = 2; count <= common.size(); count++) {
        Set<String> some = new LinkedHashSet<>(common.subList(0, count));
        Map<String, List<VariantSummary>> cells = new LinkedHashMap<>();
        for (Map<String, VariantSummary> block : blocks) {
          if (block.keySet().containsAll(some)) {
            some.forEach(
                value ->
                    cells
                        .computeIfAbsent(value, key -> new ArrayList<>())
                        .add(Objects.requireNonNull(block.get(value))));
          }
        }
        int enter = cells.values().stream().mapToInt(List::size).sum();
        if (enter >= entering) {
          most = cells;
          entering = enter;
        }
      }
      return most;
    }

    private static Map<String, Pairs> pairs(
        Map<String, List<VariantSummary>> cells, Candidates candidates) {
      Map<String, Pairs> pairs = new LinkedHashMap<>();
      cells.keySet().forEach(value -> pairs.put(value, new Pairs()));
      for (long seed : candidates.seeds()) {
        Map<String, Double> means = new LinkedHashMap<>();
        cells.forEach((value, variants) -> means.put(value, mean(variants, seed, candidates)));
        double all = means.values().stream().mapToDouble(each -> each).average().orElseThrow();
        pairs.forEach(
            (value, pair) -> pair.add(seed, Objects.requireNonNull(means.get(value)), all));
      }
      return pairs;
    }

    private static double mean(List<VariantSummary> variants, long seed, Candidates candidates) {
      return variants.stream()
          .mapToDouble(variant -> candidates.score(variant, seed))
          .average()
          .orElseThrow();
    }

    List<VariantSummary> used() {
      return cells.values().stream().flatMap(List::stream).toList();
    }

    MainEffect effect(Contrasts contrasts, double ratio) {
      if (gap != null) {
        return without(factor, gap);
      }
      double all = used().stream().mapToDouble(this::mean).average().orElseThrow();
      double between = 0;
      List<MainEffect.Level> levels = new ArrayList<>();
      for (String value : factor.places()) {
        Pairs pair = pairs.get(value);
        if (pair == null) {
          levels.add(new MainEffect.Level(value, 0, Double.NaN, null));
          continue;
        }
        List<VariantSummary> own = Objects.requireNonNull(cells.get(value));
        double mean = own.stream().mapToDouble(this::mean).average().orElseThrow();
        between += own.size() * (mean - all) * (mean - all);
        levels.add(
            new MainEffect.Level(
                value, own.size(), mean, contrasts.contrast(pair.difference(ratio))));
      }
      double total = used().stream().mapToDouble(this::mean).map(m -> (m - all) * (m - all)).sum();
      return new MainEffect(
          factor,
          used().size(),
          levels,
          // Means that differ by rounding alone do not vary.
          total < 1e-24 ? 0 : Math.min(1, between / total),
          null);
    }

    private double mean(VariantSummary variant) {
      return candidates.score(variant).mean();
    }
  }
}

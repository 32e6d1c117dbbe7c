package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Variants set against each other two by two, under one error for all of them: a sweep is made of
 * them in which each match is a setting and its left variant the baseline, and the sweep's own rule
 * decides.
 *
 * @param sweep that was made
 * @param records of that sweep, under its variants' names
 * @param matches in the order in which they were asked for
 * @param nextStep what would settle what is still open
 */
public record Matching(
    SweepAnalysis sweep, List<RunRecord> records, List<Match> matches, NextStep nextStep) {

  /** Copies the lists. */
  public Matching {
    records = List.copyOf(records);
    matches = List.copyOf(matches);
  }

  /**
   * What a match is made of.
   *
   * @param name that both have where they are of two sweeps
   */
  public record Pair(String name, Variant left, Variant right) {}

  /** Two sweeps, or the same under two names. */
  public record Sides(String leftName, Side left, String rightName, Side right) {
    /** Distinct names. */
    public Sides {
      if (leftName.equals(rightName)) {
        throw new IllegalArgumentException("both are " + leftName + "; allowed are distinct names");
      }
    }
  }

  /**
   * Two variants of a sweep, which keep their names.
   *
   * @param pair with distinct names
   * @param stored of the sweep
   * @param seeds of the sweep
   */
  public static Matching ofTwo(
      Pair pair, Side stored, List<Long> seeds, Experiment.Judging judging) {
    return of(
        List.of(
            new Pair(
                pair.name(),
                named(pair.left(), pair.left().name(), pair.left().name(), ""),
                named(pair.right(), pair.right().name(), pair.right().name(), ""))),
        List.of(pair),
        new Sides("left", stored, "right", stored),
        seeds,
        judging);
  }

  /**
   * Variants of two sweeps by their names.
   *
   * @param pairs with distinct names
   * @param sides the sweeps; a variant's name becomes {@code SWEEP/VARIANT}, its setting {@code
   *     VARIANT}
   * @param seeds that both have
   */
  public static Matching ofSweeps(
      List<Pair> pairs, Sides sides, List<Long> seeds, Experiment.Judging judging) {
    return of(
        pairs.stream()
            .map(
                pair ->
                    new Pair(
                        pair.name(),
                        inSweep(sides.leftName(), pair.left()),
                        inSweep(sides.rightName(), pair.right())))
            .toList(),
        pairs,
        sides,
        seeds,
        judging);
  }

  private static Variant inSweep(String sweep, Variant variant) {
    return named(variant, sweep + "/" + variant.name(), sweep, variant.name());
  }

  private static Variant named(Variant variant, String name, String entry, String setting) {
    return new Variant(
        name,
        entry,
        setting,
        variant.data(),
        variant.network(),
        variant.optimizer(),
        variant.training(),
        variant.penalty());
  }

  private static Matching of(
      List<Pair> named,
      List<Pair> asked,
      Sides sides,
      List<Long> seeds,
      Experiment.Judging judging) {
    Map<String, Variant> ofLeft = new HashMap<>();
    Map<String, Variant> ofRight = new HashMap<>();
    List<Variant> variants = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      ofLeft.put(asked.get(i).left().name(), named.get(i).left());
      ofRight.put(asked.get(i).right().name(), named.get(i).right());
      variants.add(named.get(i).left());
      variants.add(named.get(i).right());
    }
    Side left = sides.left().as(ofLeft);
    Side right = sides.right().as(ofRight);
    List<RunRecord> records = joined(left.records(), right.records());
    Experiment experiment =
        new Experiment("comparison", "", seeds, named.get(0).left().entry(), variants, judging);
    SweepAnalysis sweep = SweepAnalysis.of(experiment, records, joined(left.lost(), right.lost()));
    return new Matching(
        sweep,
        records,
        matches(named, sweep, records),
        // Two strengths of a family are no grid with an edge.
        NextSteps.of(experiment, sweep.variants(), sweep.comparisons(), List.of(), null));
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    List<T> joined = new ArrayList<>(some);
    joined.addAll(others);
    return joined;
  }

  private static List<Match> matches(
      List<Pair> pairs, SweepAnalysis sweep, List<RunRecord> records) {
    Map<String, VariantSummary> variants = new HashMap<>();
    sweep.variants().forEach(variant -> variants.put(variant.name(), variant));
    Map<String, Comparison> best = Comparison.byVariant(sweep.comparisons(), Moment.BEST_EPOCH);
    Map<String, Comparison> last = Comparison.byVariant(sweep.comparisons(), Moment.LAST_EPOCH);
    Map<String, Map<Long, RunRecord>> runs = new HashMap<>();
    for (RunRecord run : records) {
      runs.computeIfAbsent(run.spec().variant().name(), name -> new HashMap<>())
          .put(run.spec().seed(), run);
    }
    List<Match> matches = new ArrayList<>();
    for (Pair pair : pairs) {
      VariantSummary left = Objects.requireNonNull(variants.get(pair.left().name()));
      VariantSummary right = Objects.requireNonNull(variants.get(pair.right().name()));
      Comparison early = Objects.requireNonNull(best.get(right.name()));
      matches.add(
          new Match(
              pair.name(),
              left,
              right,
              early,
              Objects.requireNonNull(last.get(right.name())),
              seeds(
                  left,
                  right,
                  early.score().difference(),
                  runs.getOrDefault(left.name(), Map.of()),
                  runs.getOrDefault(right.name(), Map.of()))));
    }
    return matches;
  }

  private static List<SeedMatch> seeds(
      VariantSummary left,
      VariantSummary right,
      PairedDifference difference,
      Map<Long, RunRecord> ofLeft,
      Map<Long, RunRecord> ofRight) {
    List<SeedMatch> seeds = new ArrayList<>();
    for (int i = 0; i < left.runs().size(); i++) {
      long seed = left.runs().get(i).seed();
      RunRecord one = ofLeft.get(seed);
      RunRecord other = ofRight.get(seed);
      int pair = difference.seeds().indexOf(seed);
      seeds.add(
          new SeedMatch(
              seed,
              left.runs().get(i),
              right.runs().get(i),
              pair < 0 ? Double.NaN : difference.differences().get(pair),
              parting(one, other),
              sameData(one, other)));
    }
    return seeds;
  }

  private static Optional<Parting> parting(@Nullable RunRecord left, @Nullable RunRecord right) {
    return left == null || right == null || left.epochs().isEmpty() || right.epochs().isEmpty()
        ? Optional.empty()
        : Optional.of(Parting.of(left, right));
  }

  private static boolean sameData(@Nullable RunRecord left, @Nullable RunRecord right) {
    return left == null
        || right == null
        || left.provenance().dataSha256().isEmpty()
        || right.provenance().dataSha256().isEmpty()
        || left.provenance().dataSha256().equals(right.provenance().dataSha256());
  }
}

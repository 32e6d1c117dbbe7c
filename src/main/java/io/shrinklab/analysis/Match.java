package io.shrinklab.analysis;

import java.util.List;
import java.util.function.Predicate;

/**
 * Two variants, one set against the other.
 *
 * @param name of the pair: of two sweeps' variants the one that they share
 * @param left what the other is compared with
 * @param right the other
 * @param best right minus left at the best epoch, decided among all matches
 * @param last the same at the last epoch
 * @param seeds that both plan, whatever became of their runs
 */
public record Match(
    String name,
    VariantSummary left,
    VariantSummary right,
    Comparison best,
    Comparison last,
    List<SeedMatch> seeds) {

  /** Copies the list. */
  public Match {
    seeds = List.copyOf(seeds);
  }

  /** The comparison at that moment. */
  public Comparison at(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> best;
      case LAST_EPOCH -> last;
    };
  }

  /** Whether any seed was completed by both. */
  public boolean compared() {
    return best.score().n() > 0;
  }

  /** Whether one asks for other data, or another split, than the other. */
  public boolean asksForOtherData() {
    return !left.variant().data().equals(right.variant().data());
  }

  /** Whether the data that were read are not the same, under any seed. */
  public boolean readOtherData() {
    return seeds.stream().anyMatch(Predicate.not(SeedMatch::sameData));
  }

  /** Whether both are the same to the bit under every seed that both trained, and there is one. */
  public boolean sameTreatment() {
    List<Parting> partings = seeds.stream().flatMap(seed -> seed.parting().stream()).toList();
    return !partings.isEmpty()
        && partings.stream().allMatch(each -> each.kind() == Parting.Kind.NOTHING);
  }
}

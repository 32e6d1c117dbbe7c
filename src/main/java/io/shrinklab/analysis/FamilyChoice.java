package io.shrinklab.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a family (a penalty's kind, p and scope) of at least two strengths offers, at the best
 * epoch.
 *
 * @param family for instance {@code L2 weights}
 * @param tried its strengths, ascending
 * @param best the variant with the highest mean validation score
 * @param bestStrength its strength
 * @param bestScore over the seeds of the selection
 * @param strongest the variant with the strongest penalty whose paired difference to the best is
 *     within one standard error of that difference (the one-standard-error rule); the best itself
 *     where there is none
 * @param strongestDifference strongest minus best, over the same seeds
 * @param edge set when the grid should be continued
 */
public record FamilyChoice(
    String family,
    List<Double> tried,
    String best,
    double bestStrength,
    Estimate bestScore,
    String strongest,
    PairedDifference strongestDifference,
    @Nullable GridEdge edge) {

  /** Copies the list. */
  public FamilyChoice {
    tried = List.copyOf(tried);
  }

  /** Whether nothing stronger than the best was tried. */
  public boolean bestIsLargest() {
    return bestStrength == tried.get(tried.size() - 1);
  }
}

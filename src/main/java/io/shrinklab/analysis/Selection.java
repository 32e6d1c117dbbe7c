package io.shrinklab.analysis;

import java.util.List;

/**
 * What validation chooses within one setting. The test score takes no part in it.
 *
 * @param setting what a top-level grid chose; "" without one
 * @param best the variant with the highest mean validation score at the best epoch, over {@code
 *     seeds}
 * @param validationScore its score over {@code seeds}
 * @param testScore its test score over {@code seeds}
 * @param shrinkage mean of validation score minus test score: the optimism of having been chosen;
 *     NaN without a test score
 * @param seeds that every candidate completed, on which they are ranked
 * @param families the families' choices, in the experiment's order
 * @param notCandidates names of variants that took no part: diverged runs or too few completed ones
 */
public record Selection(
    String setting,
    String best,
    Estimate validationScore,
    Estimate testScore,
    double shrinkage,
    List<Long> seeds,
    List<FamilyChoice> families,
    List<String> notCandidates) {

  /** Copies the lists. */
  public Selection {
    seeds = List.copyOf(seeds);
    families = List.copyOf(families);
    notCandidates = List.copyOf(notCandidates);
  }
}

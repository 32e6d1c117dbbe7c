package io.shrinklab.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What validation chooses within one setting. The test score takes no part in it.
 *
 * @param setting what a top-level grid chose; "" without one
 * @param best the variant with the highest mean validation score at the best epoch, over {@code
 *     seeds}; the first of equals
 * @param ties names of the others with the same mean
 * @param validationScore its score over {@code seeds}
 * @param testScore its test score over {@code seeds}
 * @param baseline the baseline's name in this setting
 * @param testDifference test score of the best minus the baseline's, over the seeds that both
 *     completed and tested. Of all variants this one alone is read on test, so it is not adjusted
 *     for their number; null where the best is the baseline itself or no seed has both
 * @param seeds that every candidate completed, on which they are ranked
 * @param families the choices of families with several strengths, in the experiment's order
 * @param notCandidates names of variants that took no part: diverged runs or too few completed ones
 */
public record Selection(
    String setting,
    String best,
    List<String> ties,
    Estimate validationScore,
    Estimate testScore,
    String baseline,
    @Nullable PairedDifference testDifference,
    List<Long> seeds,
    List<FamilyChoice> families,
    List<String> notCandidates) {

  /** Copies the lists. */
  public Selection {
    ties = List.copyOf(ties);
    seeds = List.copyOf(seeds);
    families = List.copyOf(families);
    notCandidates = List.copyOf(notCandidates);
  }
}

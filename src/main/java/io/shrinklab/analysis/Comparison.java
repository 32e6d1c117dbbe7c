package io.shrinklab.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variant against the baseline of its setting, at one moment.
 *
 * @param variant its name
 * @param baseline the baseline's name in the same setting
 * @param setting what a top-level grid chose; "" without one
 * @param moment best or last epoch
 * @param score of the validation rows, larger the better: its verdict is the comparison's, under
 *     the experiment's claim
 * @param loss of the validation rows, smaller the better
 * @param train score of the training rows, with the interval of {@code score}'s level; asked only
 *     where the validation score is worse
 * @param otherClaim {@code score} under the claim that the experiment did not name; null where both
 *     are one
 * @param layout how the parts of different seeds are drawn
 * @param ratio what the overlap of the parts adds to 1 / n in the score's variance; 0 for the plain
 *     paired t test
 * @param holmPValue {@code score}'s p value after Holm's adjustment over the scores of both
 *     moments; printed beside, decides nothing
 * @param wilcoxonPValue exact two-sided signed rank test; a second opinion, which knows nothing of
 *     overlapping splits; NaN for n &lt;= 2
 * @param holmWilcoxonPValue after Holm's adjustment over all comparisons
 * @param verdict what the numbers above come to by the {@link Rule}
 * @param reason in which way it is worse, or that it is unstable; null where there is nothing to
 *     add
 */
public record Comparison(
    String variant,
    String baseline,
    String setting,
    Moment moment,
    Contrast score,
    Contrast loss,
    Contrast train,
    @Nullable Contrast otherClaim,
    Layout layout,
    double ratio,
    double holmPValue,
    double wilcoxonPValue,
    double holmWilcoxonPValue,
    Verdict verdict,
    @Nullable Reason reason) {

  /** Those of a moment, by the variant's name. */
  public static Map<String, Comparison> byVariant(List<Comparison> comparisons, Moment moment) {
    Map<String, Comparison> found = new HashMap<>();
    comparisons.stream()
        .filter(each -> each.moment() == moment)
        .forEach(each -> found.put(each.variant(), each));
    return found;
  }

  /** The same numbers, told of another moment. */
  Comparison at(Moment other) {
    return new Comparison(
        variant,
        baseline,
        setting,
        other,
        score,
        loss,
        train,
        otherClaim,
        layout,
        ratio,
        holmPValue,
        wilcoxonPValue,
        holmWilcoxonPValue,
        verdict,
        reason);
  }

  /** Differences of the validation score, variant minus baseline. */
  public PairedDifference validation() {
    return score.difference();
  }

  /** For people: {@code worse, underfits}. */
  public String label() {
    return reason == null ? verdict.label() : verdict.label() + ", " + reason.label();
  }
}

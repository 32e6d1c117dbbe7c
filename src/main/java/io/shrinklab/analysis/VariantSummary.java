package io.shrinklab.analysis;

import io.shrinklab.spec.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One variant over its seeds. Means are over completed runs only.
 *
 * @param variant what was asked
 * @param counts what became of its runs
 * @param best at the epoch that validation chose
 * @param last at the last epoch
 * @param epochsToBest the best epoch's number, counted from 1
 * @param testScore at the best epoch
 * @param lossRise validation loss at the last epoch minus its minimum
 * @param chanceScore what a guess scores that looks at no feature; over the runs that recorded it
 * @param runs every planned run, in the order of the experiment's seeds
 * @param verdict against the baseline, at the best epoch
 * @param reason in which way it is worse, or that it is unstable; null where there is nothing to
 *     add
 * @param overfitting why it is said to overfit, beside its verdict; null when it is not
 */
public record VariantSummary(
    Variant variant,
    RunCounts counts,
    MomentSummary best,
    MomentSummary last,
    Estimate epochsToBest,
    Estimate testScore,
    Estimate lossRise,
    Estimate chanceScore,
    List<RunSummary> runs,
    Verdict verdict,
    @Nullable Reason reason,
    @Nullable Overfitting overfitting) {

  /** Copies the list. */
  public VariantSummary {
    runs = List.copyOf(runs);
  }

  /** The same, judged. */
  VariantSummary judged(Verdict said, @Nullable Reason beside, @Nullable Overfitting why) {
    return new VariantSummary(
        variant,
        counts,
        best,
        last,
        epochsToBest,
        testScore,
        lossRise,
        chanceScore,
        runs,
        said,
        beside,
        why);
  }

  /** The variant's name. */
  public String name() {
    return variant.name();
  }

  /** What groups variants over strength: {@code L2 weights}. */
  public String family() {
    return variant.penalty().family();
  }

  /** Lambda, or the decay; 0 for none. */
  public double strength() {
    return variant.penalty().strength();
  }

  /** The exponent of the recorded norm. */
  public double p() {
    return variant.penalty().p();
  }

  /** For people: {@code worse, underfits}. */
  public String label() {
    return reason == null ? verdict.label() : verdict.label() + ", " + reason.label();
  }

  /** Whether it is said to overfit. */
  public boolean overfits() {
    return overfitting != null;
  }

  /** The summary at that moment. */
  public MomentSummary at(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> best;
      case LAST_EPOCH -> last;
    };
  }
}

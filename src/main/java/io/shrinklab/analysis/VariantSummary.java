package io.shrinklab.analysis;

import io.shrinklab.spec.Variant;
import java.util.List;

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
 * @param runs every planned run, in the order of the experiment's seeds
 * @param judgements the first is the verdict against the baseline; OVERFITS may follow
 */
public record VariantSummary(
    Variant variant,
    RunCounts counts,
    MomentSummary best,
    MomentSummary last,
    Estimate epochsToBest,
    Estimate testScore,
    Estimate lossRise,
    List<RunSummary> runs,
    List<Judgement> judgements) {

  /** Copies the lists. */
  public VariantSummary {
    runs = List.copyOf(runs);
    judgements = List.copyOf(judgements);
  }

  /** The same with other judgements. */
  VariantSummary judged(List<Judgement> others) {
    return new VariantSummary(
        variant, counts, best, last, epochsToBest, testScore, lossRise, runs, others);
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

  /** The verdict against the baseline. */
  public Verdict verdict() {
    return judgements.get(0).verdict();
  }

  /** Whether OVERFITS is among the judgements. */
  public boolean overfits() {
    return judgements.stream().anyMatch(judgement -> judgement.verdict() == Verdict.OVERFITS);
  }

  /** The summary at that moment. */
  public MomentSummary at(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> best;
      case LAST_EPOCH -> last;
    };
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import org.jspecify.annotations.Nullable;

/**
 * One planned run, whatever became of it: a point of a chart, a row of a table.
 *
 * @param seed of the run
 * @param state what became of it
 * @param reason why it ended before its last epoch: failed, diverged or cut short, or why it cannot
 *     be used: damaged or unreadable; else empty
 * @param epochs finished epochs
 * @param best at the epoch that validation chose; null when there is none
 * @param last at the last finished epoch; null when there is none
 * @param testScore at the best epoch; NaN where it was not measured
 * @param testLoss at the best epoch; NaN where it was not measured
 * @param chanceScore what a guess scores on the validation rows; NaN where it was not recorded
 * @param lossRise validation loss at the last epoch minus its minimum over the epochs; NaN without
 *     epochs
 */
public record RunSummary(
    long seed,
    RunFate state,
    String reason,
    int epochs,
    @Nullable EpochMetrics best,
    @Nullable EpochMetrics last,
    double testScore,
    double testLoss,
    double chanceScore,
    double lossRise) {

  /** The run at that moment; null when it has no epoch. */
  public @Nullable EpochMetrics at(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> best;
      case LAST_EPOCH -> last;
    };
  }

  /** Whether the epoch that it is judged at is its last. */
  boolean endsAtBest() {
    return best != null && last != null && best.epoch() == last.epoch();
  }

  /** Whether early stopping, pruning or an optimum ended the run before its last epoch. */
  public boolean cutShort() {
    return state == RunFate.COMPLETED && !reason.isEmpty();
  }

  /** Whether the run enters means and comparisons. */
  public boolean completed() {
    return state == RunFate.COMPLETED && best != null && last != null;
  }
}

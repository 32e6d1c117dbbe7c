package io.shrinklab.analysis;

/**
 * What became of a variant's planned runs.
 *
 * @param planned seeds of the experiment
 * @param completed trained to the end, or to a stop that was asked for
 * @param diverged NaN or infinite loss
 * @param failed could not be trained
 * @param missing not among the results
 * @param damaged among the results, but not what was once written
 * @param unreadable among the results, but nobody can see what it is
 */
public record RunCounts(
    int planned,
    int completed,
    int diverged,
    int failed,
    int missing,
    int damaged,
    int unreadable) {

  /** Runs that were stored and that no number is from. */
  public int lost() {
    return damaged + unreadable;
  }

  /** Runs of which no number is known: those and the missing ones. */
  public int absent() {
    return missing + lost();
  }
}

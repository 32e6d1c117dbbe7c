package io.shrinklab.analysis;

import java.util.List;

/**
 * A family's grid that should be continued, since what it has not tried may matter.
 *
 * @param reason what the strengths that were tried show
 * @param proposed strengths to add, ascending
 */
public record GridEdge(Reason reason, List<Double> proposed) {

  /** Copies the list. */
  public GridEdge {
    proposed = List.copyOf(proposed);
  }

  /** What the strengths that were tried show. */
  public enum Reason {
    /** The largest is the best, by more than the error ahead of its neighbour. */
    GAINS_AT_LARGEST,
    /**
     * The smallest is the best, by more than the error ahead of its neighbour, and differs from no
     * penalty, which it tends to, by more than the error.
     */
    GAINS_AT_SMALLEST,
    /** Not even the largest differs from no penalty by more than the error. */
    IDLE_AT_LARGEST
  }
}

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
    /** The largest is the best; the interval of its difference to its neighbour excludes 0. */
    GAINS_AT_LARGEST,
    /**
     * The smallest is the best; the intervals of its differences to its neighbour and to no
     * penalty, which it tends to, exclude 0.
     */
    GAINS_AT_SMALLEST,
    /**
     * The largest is within one standard error of no penalty, and of the best: not even it does
     * anything.
     */
    IDLE_AT_LARGEST
  }
}

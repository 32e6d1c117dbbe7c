package io.shrinklab.analysis;

import java.util.List;

/**
 * The best strength of a family is the first or the last one tried: the optimum may lie outside.
 *
 * @param upper whether it is the largest tried, otherwise the smallest
 * @param tried strengths of the family, ascending
 * @param proposed strengths to add, ascending
 */
public record GridEdge(boolean upper, List<Double> tried, List<Double> proposed) {

  /** Copies the lists. */
  public GridEdge {
    tried = List.copyOf(tried);
    proposed = List.copyOf(proposed);
  }
}

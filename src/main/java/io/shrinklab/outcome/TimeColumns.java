package io.shrinklab.outcome;

import java.util.Set;

/**
 * The columns of all CSV files that hold times. They alone may differ between two runs of the same
 * specification on one machine, so hashes and comparisons leave them out.
 */
public final class TimeColumns {
  /** Their names. */
  public static final Set<String> NAMES = Set.of("seconds", "started_at", "ended_at");

  private TimeColumns() {}
}

package io.shrinklab.outcome;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of all CSV files that hold times. They alone may differ between two runs of the same
 * specification on one machine, so hashes and comparisons leave them out.
 */
public final class TimeColumns {
  /** Their names: those of metrics, and those of whole runs. */
  public static final Set<String> NAMES =
      Stream.concat(
              Metric.COLUMNS.stream().filter(Metric::isTime).map(Metric::column),
              Stream.of("seconds", "started_at", "ended_at"))
          .collect(Collectors.toUnmodifiableSet());

  private TimeColumns() {}
}

package io.shrinklab.training;

import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import java.util.List;
import java.util.stream.Stream;

/** What of a run's rows may not differ between two runs of one specification. */
final class Untimed {
  private Untimed() {}

  /** Every column but the one that holds a time. */
  static List<List<Double>> rows(RunOutcome outcome) {
    return outcome.epochs().stream()
        .map(
            row ->
                Stream.concat(
                        Stream.of((double) row.epoch()),
                        Metric.COLUMNS.stream().filter(metric -> !metric.isTime()).map(row::get))
                    .toList())
        .toList();
  }
}

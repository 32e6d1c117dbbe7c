package io.shrinklab.export;

import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a run was at which epoch, as far as it is known. What is stored is how long each epoch took,
 * and others that were trained beside it took part of the time between.
 *
 * @param started the run's beginning
 * @param ended its end
 * @param epochs the end of each epoch, never after the run's
 */
record RunTimes(Instant started, Instant ended, List<Instant> epochs) {

  static RunTimes of(RunRecord run) {
    Instant started = parse(run.provenance().startedAt());
    Instant ended = parse(run.provenance().endedAt());
    List<Instant> epochs = new ArrayList<>();
    double seconds = 0;
    for (var row : run.epochs()) {
      seconds += row.get(Metric.SECONDS);
      Instant at = started.plusMillis(Math.round(1000 * seconds));
      epochs.add(at.isAfter(ended) ? ended : at);
    }
    return new RunTimes(started, ended, epochs);
  }

  private static Instant parse(String instant) {
    try {
      return Instant.parse(instant);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}

package io.shrinklab.command;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.TimeColumns;
import io.shrinklab.results.Environment;
import io.shrinklab.results.MetricsCsv;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run gave the stored bits again.
 *
 * @param differs whether something was compared and differs
 * @param lines for people
 */
record Reproduction(boolean differs, List<String> lines) {
  Reproduction {
    lines = List.copyOf(lines);
  }

  /** Nothing could be compared, and why. */
  static Reproduction nothing(String reason) {
    return new Reproduction(false, List.of(reason));
  }

  /** Compares status, weights and every metric but the times. */
  static Reproduction of(RunRecord stored, RunOutcome fresh) {
    List<String> differences = new ArrayList<>();
    Provenance provenance = stored.provenance();
    if (!provenance.dataSha256().equals(fresh.dataSha256())) {
      differences.add(
          "The data differ: stored " + provenance.dataSha256() + ", now " + fresh.dataSha256());
    }
    if (stored.status() != fresh.status()) {
      differences.add("The status differs: stored " + stored.status() + ", now " + fresh.status());
    }
    firstDifference(stored.epochs(), fresh.epochs(), differences);
    if (!provenance.weightsSha256().equals(fresh.weights().sha256())) {
      differences.add(
          "The weights differ: stored "
              + provenance.weightsSha256()
              + ", now "
              + fresh.weights().sha256());
    }
    if (differences.isEmpty()) {
      return new Reproduction(
          false,
          List.of(
              "Reproduced bit for bit: final weights and all metrics of "
                  + fresh.epochs().size()
                  + " epochs are those stored on "
                  + provenance.endedAt()
                  + "."));
    }
    differences.add(0, "NOT reproduced.");
    differences.add(whatChanged(provenance, Environment.detect(provenance.threads())));
    return new Reproduction(true, differences);
  }

  private static void firstDifference(
      List<EpochMetrics> stored, List<EpochMetrics> fresh, List<String> differences) {
    for (int i = 0; i < Math.min(stored.size(), fresh.size()); i++) {
      List<String> old = MetricsCsv.cells(stored.get(i));
      List<String> now = MetricsCsv.cells(fresh.get(i));
      for (int column = 0; column < old.size(); column++) {
        String name = MetricsCsv.COLUMNS.get(column);
        if (!TimeColumns.NAMES.contains(name) && !old.get(column).equals(now.get(column))) {
          differences.add(
              "The metrics differ first at epoch "
                  + stored.get(i).epoch()
                  + ", column "
                  + name
                  + ": stored "
                  + old.get(column)
                  + ", now "
                  + now.get(column));
          return;
        }
      }
    }
    if (stored.size() != fresh.size()) {
      differences.add(
          "The number of epochs differs: stored " + stored.size() + ", now " + fresh.size());
    }
  }

  private static String whatChanged(Provenance stored, Environment now) {
    List<String> changes = new ArrayList<>();
    change(
        changes,
        "code",
        stored.commit() + (stored.dirty() ? " with changes" : ""),
        now.commit() + (now.dirty() ? " with changes" : ""));
    change(changes, "JDK", stored.jdk(), now.jdk());
    change(changes, "DJL", stored.djl(), now.djl());
    change(changes, "libtorch", stored.libtorch(), now.libtorch());
    change(changes, "system", stored.os(), now.os());
    change(changes, "processor", stored.cpu(), now.cpu());
    return changes.isEmpty()
        ? "Code, libraries, system and processor are the same, so this should not be."
        : "Since then: " + String.join("; ", changes) + ".";
  }

  private static void change(List<String> changes, String what, String stored, String now) {
    if (!stored.equals(now)) {
      changes.add(what + " was " + stored + ", is " + now);
    }
  }
}

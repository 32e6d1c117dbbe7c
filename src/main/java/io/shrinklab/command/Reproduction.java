package io.shrinklab.command;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.TimeColumns;
import io.shrinklab.results.Environment;
import io.shrinklab.results.LayersCsv;
import io.shrinklab.results.MetricsCsv;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run gave the stored bits again.
 *
 * @param result what the comparison showed
 * @param lines for people
 */
record Reproduction(Result result, List<String> lines) {
  enum Result {
    NOT_COMPARED,
    SAME,
    DIFFERENT
  }

  Reproduction {
    lines = List.copyOf(lines);
  }

  /** Nothing could be compared, and why. */
  static Reproduction nothing(String reason) {
    return new Reproduction(Result.NOT_COMPARED, List.of(reason));
  }

  /**
   * Compares everything that a run leaves behind but times and words: data, status, metrics,
   * layers, the best epoch with its test score, and the final weights, of which the coefficients
   * are a part.
   *
   * @param stored the run as it was read back
   * @param layers its rows of {@code layers.csv}
   * @param others names of files of which only this is known: they differ
   * @param fresh what training gave now
   */
  static Reproduction of(
      RunRecord stored, List<LayerMetrics> layers, List<String> others, RunOutcome fresh) {
    List<String> differences = new ArrayList<>();
    Provenance provenance = stored.provenance();
    boolean sameData = provenance.dataSha256().equals(fresh.dataSha256());
    compare(differences, "The data differ", provenance.dataSha256(), fresh.dataSha256());
    compare(differences, "The status differs", stored.status(), fresh.status());
    metrics(differences, stored, fresh);
    rows(
        differences,
        "layers",
        LayersCsv.COLUMNS,
        List.of("epoch", "layer"),
        layers.stream().map(LayersCsv::cells).toList(),
        fresh.layers().stream().map(LayersCsv::cells).toList());
    best(differences, stored.best(), fresh.best());
    compare(
        differences, "The weights differ", provenance.weightsSha256(), fresh.weights().sha256());
    others.stream().sorted().map(file -> file + " differs").forEach(differences::add);
    if (differences.isEmpty()) {
      return new Reproduction(
          Result.SAME,
          List.of(
              "Reproduced bit for bit: final weights, test score and all metrics of "
                  + fresh.epochs().size()
                  + " epochs, layer by layer too, are those stored on "
                  + provenance.endedAt()
                  + "."));
    }
    differences.add(0, "NOT reproduced.");
    differences.add(whatChanged(provenance, Environment.detect(provenance.threads()), sameData));
    return new Reproduction(Result.DIFFERENT, differences);
  }

  private static void metrics(List<String> differences, RunRecord stored, RunOutcome fresh) {
    int before = differences.size();
    rows(
        differences,
        "metrics",
        MetricsCsv.COLUMNS,
        List.of("epoch"),
        stored.epochs().stream().map(MetricsCsv::cells).toList(),
        fresh.epochs().stream().map(MetricsCsv::cells).toList());
    if (differences.size() == before) {
      // Equal rows have equal hashes, unless this program counts something else by now.
      compare(
          differences,
          "The SHA-256 of equal metrics differs",
          stored.provenance().metricsSha256(),
          MetricsCsv.sha256(fresh.epochs()));
    }
  }

  private static void compare(List<String> differences, String what, Object stored, Object now) {
    if (!stored.equals(now)) {
      differences.add(what + ": stored " + stored + ", now " + now);
    }
  }

  /** The first cell that differs, times apart; else the number of rows. */
  private static void rows(
      List<String> differences,
      String table,
      List<String> columns,
      List<String> keys,
      List<List<String>> stored,
      List<List<String>> now) {
    for (int i = 0; i < Math.min(stored.size(), now.size()); i++) {
      List<String> old = stored.get(i);
      for (int column = 0; column < old.size(); column++) {
        String name = columns.get(column);
        if (!TimeColumns.NAMES.contains(name) && !old.get(column).equals(now.get(i).get(column))) {
          String where =
              IntStream.range(0, keys.size())
                  .mapToObj(key -> keys.get(key) + " " + old.get(key))
                  .collect(Collectors.joining(", "));
          compare(
              differences,
              "The " + table + " differ first at " + where + ", column " + name,
              shown(old.get(column)),
              shown(now.get(i).get(column)));
          return;
        }
      }
    }
    compare(differences, "The number of rows of " + table + " differs", stored.size(), now.size());
  }

  private static String shown(String cell) {
    return cell.isEmpty() ? "nothing" : cell;
  }

  private static void best(
      List<String> differences, @Nullable BestEpoch stored, @Nullable BestEpoch now) {
    if (stored == null || now == null) {
      if (!Objects.equals(stored, now)) {
        differences.add(
            "A best epoch is there "
                + (stored == null ? "now, and was not stored" : "no more, and was stored"));
      }
      return;
    }
    compare(differences, "The best epoch differs", stored.epoch(), now.epoch());
    String at = " at the best epoch differs";
    compare(
        differences, "The validation score" + at, stored.validationScore(), now.validationScore());
    compare(differences, "The validation loss" + at, stored.validationLoss(), now.validationLoss());
    compare(differences, "The test score" + at, stored.testScore(), now.testScore());
    compare(differences, "The test loss" + at, stored.testLoss(), now.testLoss());
    compare(
        differences,
        "The test accuracy" + at,
        String.valueOf(stored.testAccuracy()),
        String.valueOf(now.testAccuracy()));
  }

  private static String whatChanged(Provenance stored, Environment now, boolean sameData) {
    List<String> changes = new ArrayList<>();
    if (!sameData) {
      changes.add("the data changed");
    }
    change(
        changes,
        "code",
        stored.commit() + changes(stored.dirty()),
        now.commit() + changes(now.dirty()));
    change(changes, "shrinklab", stored.shrinklabVersion(), now.shrinklabVersion());
    change(changes, "JDK", stored.jdk(), now.jdk());
    change(changes, "DJL", stored.djl(), now.djl());
    change(changes, "libtorch", stored.libtorch(), now.libtorch());
    change(changes, "system", stored.os(), now.os());
    change(changes, "processor", stored.cpu(), now.cpu());
    if (!changes.isEmpty()) {
      return "Since then: " + String.join("; ", changes) + ".";
    }
    if (now.dirty() == null) {
      return "Libraries, system and processor are the same; whether the code is, nobody knows.";
    }
    return now.dirty()
        ? "Libraries, system and processor are the same; the code was and is "
            + now.commit()
            + " with changes that are in no commit, and these may differ."
        : "Code, libraries, system and processor are the same, so this should not be.";
  }

  private static String changes(@Nullable Boolean dirty) {
    return Boolean.TRUE.equals(dirty) ? " with changes" : "";
  }

  private static void change(List<String> changes, String what, String stored, String now) {
    if (!stored.equals(now)) {
      changes.add(what + " was " + stored + ", is " + now);
    }
  }
}

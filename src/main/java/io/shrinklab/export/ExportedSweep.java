package io.shrinklab.export;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.SweepFolder;
import java.time.Instant;
import java.util.List;

/**
 * A sweep as it is handed over.
 *
 * @param name the sweep's
 * @param description what it asks, in the author's words, and what came out, in sentences
 * @param runs those that are stored, at least one
 * @param folder where they are
 * @param report the files that tell people of it
 */
public record ExportedSweep(
    String name,
    String description,
    List<RunRecord> runs,
    SweepFolder folder,
    List<Document> report) {

  /**
   * A file of the report.
   *
   * @param name without a folder
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way out; never compared.
  public record Document(String name, byte[] bytes) {}

  /** Copies the lists. */
  public ExportedSweep {
    runs = List.copyOf(runs);
    report = List.copyOf(report);
  }

  /** When its first run was begun. */
  Instant started() {
    return runs.stream()
        .map(run -> RunTimes.of(run).started())
        .min(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /** When its last run was over. */
  Instant ended() {
    return runs.stream()
        .map(run -> RunTimes.of(run).ended())
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}

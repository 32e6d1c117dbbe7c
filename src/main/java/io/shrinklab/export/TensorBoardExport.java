package io.shrinklab.export;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a sweep as event files of TensorBoard: {@code SWEEP/VARIANT/seed-3/} under a folder, and
 * one file for all in {@code SWEEP/}. The same runs give the same bytes. Files of an earlier export
 * are replaced, each whole or not at all, and nothing else is touched.
 */
public final class TensorBoardExport {
  /** TensorBoard reads every file whose name has {@code tfevents} in it. */
  private static final String FILE = "events.out.tfevents.0000000000." + EventFile.WRITER;

  /** Which it does not have while it is written. */
  private static final String INCOMPLETE = "." + EventFile.WRITER + ".incomplete";

  /** Bytes from the beginning in which the writer's name is. */
  private static final int HEAD = 96;

  private TensorBoardExport() {}

  /**
   * What an export did.
   *
   * @param written runs whose file is new, or another one than before
   * @param kept runs whose file was there as it is
   */
  public record Done(int written, int kept) {}

  /**
   * Writes all runs of a sweep.
   *
   * @param folder what TensorBoard is pointed at; made where it is not there
   * @throws ExportException when it cannot be written
   * @throws ResultsException when a run's layers cannot be read
   */
  public static Done write(ExportedSweep sweep, Path folder)
      throws ExportException, ResultsException {
    HParams hparams = new HParams(sweep.name(), sweep.runs());
    Path root = folder.resolve(sweep.name());
    Instant first = sweep.started();
    EventFile columns = new EventFile(first);
    columns.add(first, 0, List.of(hparams.experiment()));
    publish(root, columns.bytes());
    int written = 0;
    for (RunRecord run : sweep.runs()) {
      Path own = root.resolve(run.spec().variant().name()).resolve("seed-" + run.spec().seed());
      byte[] events = events(run, sweep.folder().layers(run.spec()), hparams);
      written += publish(own, events) ? 1 : 0;
    }
    return new Done(written, sweep.runs().size() - written);
  }

  private static byte[] events(RunRecord run, List<LayerMetrics> layers, HParams hparams) {
    RunTimes times = RunTimes.of(run);
    Map<Integer, List<LayerMetrics>> byEpoch =
        layers.stream().collect(Collectors.groupingBy(LayerMetrics::epoch));
    EventFile file = new EventFile(times.started());
    file.add(times.started(), 0, hparams.session(run));
    for (int i = 0; i < run.epochs().size(); i++) {
      EpochMetrics row = run.epochs().get(i);
      List<ProtoMessage> values = new ArrayList<>();
      for (Metric metric : Metric.COLUMNS) {
        double value = row.get(metric);
        if (!metric.mayBeEmpty() || !Double.isNaN(value)) {
          values.add(EventFile.scalar(metric.column(), value));
        }
      }
      for (LayerMetrics layer : byEpoch.getOrDefault(row.epoch(), List.of())) {
        values.add(EventFile.histogram("weights/" + layer.layer(), layer));
      }
      file.add(times.epochs().get(i), row.epoch(), values);
    }
    // Of completed runs alone, since TensorBoard takes means of them over seeds.
    if (run.best() != null && run.status() == RunStatus.COMPLETED) {
      file.add(
          times.ended(),
          run.best().epoch(),
          BestValues.of(run.best()).entrySet().stream()
              .map(entry -> EventFile.scalar(entry.getKey(), entry.getValue()))
              .toList());
    }
    return file.bytes();
  }

  /** Whether the folder's event file had to be written. */
  private static boolean publish(Path folder, byte[] events) throws ExportException {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        requireOurs(file);
        if (Files.size(file) == events.length && Arrays.equals(Files.readAllBytes(file), events)) {
          return false;
        }
      }
      Path incomplete = folder.resolve(INCOMPLETE);
      if (Files.exists(incomplete, LinkOption.NOFOLLOW_LINKS)) {
        // Of an export that was killed; a link would lead elsewhere.
        requireFile(incomplete);
      }
      Files.write(incomplete, events);
      Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new ExportException(
          "Cannot write %s: %s. Make it writable or make room, or choose another folder with --tensorboard; the same command writes what is missing."
              .formatted(file, IoReason.of(e)),
          e);
    }
  }

  private static void requireOurs(Path file) throws IOException, ExportException {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
      if (!head.contains(EventFile.WRITER)) {
        throw foreign(file);
      }
    }
  }

  private static void requireFile(Path file) throws ExportException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw foreign(file);
    }
  }

  private static ExportException foreign(Path file) {
    return new ExportException(
        "%s is no file that this program wrote, and stays as it is. Move it away, or choose another folder with --tensorboard."
            .formatted(file));
  }
}

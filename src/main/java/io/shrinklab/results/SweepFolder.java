package io.shrinklab.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one sweep, {@code results/NAME}. Opened, it can be read by anyone at any time; only
 * the process that locked it and the workers that it started write runs into it, or workers that
 * share it.
 */
public final class SweepFolder implements AutoCloseable {
  /** The workers' logs, while a sweep runs. */
  private static final String LOGS = "worker-logs";

  private final Path results;
  private final Path path;
  private final Disk disk;
  private final @Nullable FolderLock lock;

  private SweepFolder(Path results, String name, WritePoint point, @Nullable FolderLock lock) {
    this.results = results;
    this.path = results.resolve(name);
    this.disk = new Disk(point);
    this.lock = lock;
  }

  /**
   * Opens a sweep's folder without locking it. Creates nothing.
   *
   * @param results the folder of all sweeps
   * @param name the sweep's
   */
  public static SweepFolder open(Path results, String name) {
    return open(results, name, WritePoint.PASS);
  }

  /** The same, with a listener that hears of every change. */
  public static SweepFolder open(Path results, String name, WritePoint point) {
    return new SweepFolder(results, name, point, null);
  }

  /**
   * Creates and locks a sweep's folder, until {@link #close()} or the end of the process.
   *
   * @throws ResultsException when it is in use (the message says by whom) or cannot be written
   */
  public static SweepFolder lock(Path results, String name) throws ResultsException {
    return lock(results, name, WritePoint.PASS);
  }

  /** The same, with a listener that hears of every change. */
  public static SweepFolder lock(Path results, String name, WritePoint point)
      throws ResultsException {
    return locked(results, name, point, false);
  }

  /**
   * Creates a sweep's folder and keeps others from locking it, until {@link #close()} or the end of
   * the process. Any number of processes may share it: runs are written whole or not at all.
   *
   * @throws ResultsException when it is locked (the message says by whom) or cannot be written
   */
  public static SweepFolder share(Path results, String name, WritePoint point)
      throws ResultsException {
    return locked(results, name, point, true);
  }

  private static SweepFolder locked(Path results, String name, WritePoint point, boolean shared)
      throws ResultsException {
    Path path = results.resolve(name);
    try {
      new Disk(point).folder(path);
      return new SweepFolder(
          results,
          name,
          point,
          shared ? FolderLock.share(path, point) : FolderLock.take(path, point));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Who held the lock and ended without giving it back, killed perhaps; empty otherwise. */
  public Optional<String> takenOverFrom() {
    return Optional.ofNullable(lock).map(FolderLock::previous);
  }

  /**
   * Makes sure that this is still the folder that was locked: one that was removed and made again
   * has lost the runs that it held, and keeps no other sweep out.
   *
   * @throws ResultsException when it is not
   */
  public void requireInPlace() throws ResultsException {
    if (lock == null) {
      throw new IllegalStateException("Only the holder of the lock can lose it");
    }
    if (!lock.inPlace()) {
      throw new ResultsException(
          "The results folder "
              + path
              + " was removed, moved or replaced while it was written. What is in it now is whole;"
              + " the same command does what is missing.");
    }
  }

  /** Whether there is a folder for a run, whatever is in it; much cheaper than {@link #check}. */
  public boolean exists(RunSpec spec) {
    return folder(spec).exists();
  }

  /**
   * The variants that something is stored of, whatever it is; found in one look, for a plan of a
   * million. Names that differ in case alone are one here, as some file systems have it.
   */
  public Set<String> variants() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(path.resolve(RunFolder.RUNS))) {
      found.forEach(folder -> names.add(String.valueOf(folder.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      // Then nothing can be read of them either.
      return Set.of();
    }
    return names;
  }

  /** Looks at a run: what is stored of it, checksums included. */
  public RunCheck check(RunSpec spec) {
    return folder(spec).check();
  }

  /**
   * Reads a run back, failed ones too.
   *
   * @return empty unless the run is complete or failed; {@link #check} says why
   */
  public Optional<RunRecord> read(RunSpec spec) {
    if (!exists(spec)) {
      return Optional.empty();
    }
    try {
      return Optional.of(folder(spec).record());
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  /** The rows of a run's {@code layers.csv}; none unless the run is complete. */
  public List<LayerMetrics> layers(RunSpec spec) {
    if (!exists(spec)) {
      return List.of();
    }
    try {
      return folder(spec).layers();
    } catch (DamagedException e) {
      return List.of();
    }
  }

  /** Where a run is, or would be, stored. */
  public Path path(RunSpec spec) {
    return folder(spec).path();
  }

  /**
   * Stores a trained run. Returns once it is complete and on the disk.
   *
   * @param outcome COMPLETED or DIVERGED
   * @param environment what it was computed with
   * @param started when training began
   * @param ended when training was done
   * @param log what it printed
   * @throws ResultsException when it cannot be written; nothing is half there
   */
  public void write(
      RunOutcome outcome, Environment environment, Instant started, Instant ended, Content log)
      throws ResultsException {
    List<RunFolder.Part> parts = new ArrayList<>();
    parts.add(new RunFolder.Part(RunFolder.METRICS, MetricsCsv.content(outcome.epochs())));
    parts.add(new RunFolder.Part(RunFolder.LAYERS, LayersCsv.content(outcome.layers())));
    parts.add(new RunFolder.Part(RunFolder.WEIGHTS, out -> out.write(outcome.weights().npz())));
    parts.add(new RunFolder.Part(RunFolder.LOG, log));
    if (!outcome.coefficients().isEmpty()) {
      parts.add(
          new RunFolder.Part(
              RunFolder.COEFFICIENTS, CoefficientsCsv.content(outcome.coefficients())));
    }
    store(outcome, parts, environment, started, ended);
  }

  /**
   * Stores that a run failed, so that it is a row in every table.
   *
   * @param reason one line for people
   * @param epochs those that it finished
   * @param log the end of what it printed
   * @throws ResultsException when it cannot be written; nothing is half there
   */
  public void writeFailed(
      RunSpec spec,
      String reason,
      List<EpochMetrics> epochs,
      Environment environment,
      Instant started,
      Instant ended,
      Content log)
      throws ResultsException {
    RunOutcome outcome =
        new RunOutcome(
            spec,
            RunStatus.FAILED,
            reason,
            "",
            epochs,
            List.of(),
            null,
            new PartSizes(0, 0, 0, 0),
            "",
            new WeightsFile(new byte[0], ""),
            new EqualRows(0, 0),
            List.of());
    List<RunFolder.Part> parts =
        List.of(
            new RunFolder.Part(RunFolder.METRICS, MetricsCsv.content(epochs)),
            new RunFolder.Part(RunFolder.LAYERS, LayersCsv.content(List.of())),
            new RunFolder.Part(RunFolder.LOG, log));
    store(outcome, parts, environment, started, ended);
  }

  /**
   * Looks for the same run, by its full identity, in a folder of candidates and copies it here.
   *
   * @param candidate a run folder, as {@link StoredRuns} found it
   * @return whether it was whole, the same, and is now here
   */
  public boolean copy(RunSpec spec, Path candidate) throws ResultsException {
    try {
      String from = results.toAbsolutePath().relativize(candidate.toAbsolutePath()).toString();
      folder(spec).copy(candidate, from.replace('\\', '/'), resolved(spec));
      return true;
    } catch (DamagedException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Puts a file of the report in its place, whole or not at all.
   *
   * @param file its name under the sweep's folder, for instance {@code charts/loss.png}
   * @param content what to write; called once
   * @throws ResultsException when it cannot be written; the older file is still there
   */
  public void publish(String file, Content content) throws ResultsException {
    Path target = path.resolve(file).normalize();
    if (!target.startsWith(path.normalize()) || target.startsWith(path.resolve(RunFolder.RUNS))) {
      throw new IllegalArgumentException(file + " is not a report's place");
    }
    Path incomplete =
        target.resolveSibling(
            target.getFileName()
                + RunFolder.INCOMPLETE
                + UUID.randomUUID().toString().substring(0, 8));
    try {
      disk.folder(incomplete.resolveSibling(".").normalize());
      try {
        disk.write(incomplete, content);
        disk.rename(incomplete, target);
      } catch (IOException e) {
        try {
          disk.delete(incomplete);
        } catch (IOException again) {
          // It stays behind, and the next sweep clears it away.
          e.addSuppressed(again);
        }
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Removes what interrupted sweeps and killed workers left half-written. Only who holds the lock
   * alone may, while none of its workers writes.
   */
  public void clean() throws ResultsException {
    if (lock == null || lock.shared()) {
      throw new IllegalStateException("Only who holds the lock alone cleans up");
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              if (isLeftover(folder)) {
                disk.delete(folder);
                return FileVisitResult.SKIP_SUBTREE;
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (isLeftover(file)) {
                disk.delete(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                // The worker of a killed sweep lived for a moment longer and renamed it.
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** The log of a worker, counted from 1, in a folder that is made if need be. */
  public WorkerLog workerLog(int number) throws ResultsException {
    try {
      Path logs = path.resolve(LOGS);
      disk.folder(logs);
      return new WorkerLog(logs.resolve("worker-" + number + ".log"), disk);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Removes the workers' logs: each run has kept its own part. */
  public void clearLogs() throws ResultsException {
    try {
      disk.delete(path.resolve(LOGS));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static boolean isLeftover(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.contains(RunFolder.INCOMPLETE) || name.contains(RunFolder.REPLACED);
  }

  /** Gives the lock back. What is stored stays as it is. */
  @Override
  public void close() throws ResultsException {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw unwritable(path, e);
      }
    }
  }

  private void store(
      RunOutcome outcome,
      List<RunFolder.Part> parts,
      Environment environment,
      Instant started,
      Instant ended)
      throws ResultsException {
    RunSpec spec = outcome.spec();
    Provenance provenance =
        environment.provenance(
            outcome.dataSha256(), outcome.weights().sha256(), outcome.epochs(), started, ended);
    try {
      folder(spec)
          .write(
              parts,
              seals ->
                  new RunJson(
                      RunJson.FORMAT,
                      Identity.of(spec),
                      spec.variant().name(),
                      spec.seed(),
                      resolved(spec),
                      outcome.status(),
                      outcome.reason(),
                      outcome.scoreName(),
                      outcome.epochs().size(),
                      outcome.best(),
                      outcome.sizes(),
                      provenance,
                      // Of a failed run nobody counted them.
                      outcome.status() == RunStatus.FAILED ? null : outcome.equalRows(),
                      null,
                      seals));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private RunFolder folder(RunSpec spec) {
    return new RunFolder(path, spec, disk);
  }

  private static JsonNode resolved(RunSpec spec) {
    return SpecJson.write(spec);
  }

  private static ResultsException unwritable(Path path, IOException e) {
    return new ResultsException(
        "Cannot write the results folder "
            + path
            + ": "
            + RunFolder.reason(e)
            + ". Whatever is complete stays; make room or make it writable, or choose another"
            + " folder with --results, and give the same command again.",
        e);
  }
}

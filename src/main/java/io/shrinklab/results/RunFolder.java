package io.shrinklab.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One run's folder {@code runs/<variant>/seed-<n>-<8 hex>/}. Its state is what is in it, and
 * nothing else.
 */
final class RunFolder {
  /** Where all runs of a sweep are. */
  static final String RUNS = "runs";

  static final String RUN = "run.json";
  static final String METRICS = "metrics.csv";
  static final String LAYERS = "layers.csv";
  static final String WEIGHTS = "weights.npz";
  static final String LOG = "run.log";
  static final String COEFFICIENTS = "coefficients.csv";

  /** In the name of a folder that is not whole yet. */
  static final String INCOMPLETE = ".incomplete-";

  /** In the name of a folder that another one takes the place of. */
  static final String REPLACED = ".replaced-";

  private final Path sweep;
  private final RunSpec spec;
  private final Disk disk;

  RunFolder(Path sweep, RunSpec spec, Disk disk) {
    this.sweep = sweep;
    this.spec = spec;
    this.disk = disk;
  }

  /** The folder's own name. */
  static String name(RunSpec spec) {
    return "seed-" + spec.seed() + "-" + Identity.shortOf(spec);
  }

  private Path parent() {
    return sweep.resolve(RUNS).resolve(spec.variant().name());
  }

  Path path() {
    return parent().resolve(name(spec));
  }

  boolean exists() {
    // The parent first, before the hash is computed: a plan of a million runs asks for each.
    return Files.isDirectory(parent()) && Files.isDirectory(path());
  }

  /** Looks at everything that is there, checksums included. */
  RunCheck check() {
    if (!Files.isDirectory(parent())) {
      return new RunCheck(RunState.ABSENT, "");
    }
    if (!Files.exists(path())) {
      return new RunCheck(leftovers() ? RunState.INCOMPLETE : RunState.ABSENT, "");
    }
    try {
      RunJson run = verified();
      return run.status() == RunStatus.FAILED
          ? new RunCheck(RunState.FAILED, run.reason())
          : new RunCheck(RunState.COMPLETE, "");
    } catch (DamagedException e) {
      return new RunCheck(RunState.DAMAGED, path() + ": " + e.getMessage());
    }
  }

  private boolean leftovers() {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(parent(), name(spec) + INCOMPLETE + "*")) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads {@code run.json} and proves every file that it names. */
  RunJson verified() throws DamagedException {
    try {
      RunJson run = RunJson.read(path().resolve(RUN));
      if (!run.identity().equals(Identity.of(spec))) {
        throw new DamagedException(
            "run.json is of the run " + run.identity() + " and not of " + Identity.of(spec));
      }
      for (Map.Entry<String, FileSeal> file : run.files().entrySet()) {
        prove(path().resolve(file.getKey()), file.getValue());
      }
      return run;
    } catch (IOException e) {
      throw new DamagedException(reason(e));
    }
  }

  private static void prove(Path file, FileSeal written) throws IOException, DamagedException {
    FileSeal found = FileSeal.of(file);
    if (found.bytes() != written.bytes()) {
      throw new DamagedException(
          file.getFileName() + " has " + found.bytes() + " bytes instead of " + written.bytes());
    }
    if (!found.equals(written)) {
      throw new DamagedException(file.getFileName() + " does not match its checksum");
    }
  }

  /** Reads a verified run back. */
  RunRecord record() throws DamagedException {
    RunJson run = verified();
    List<EpochMetrics> epochs;
    List<Coefficient> coefficients;
    try {
      epochs = MetricsCsv.read(path().resolve(METRICS));
      coefficients =
          run.files().containsKey(COEFFICIENTS)
              ? CoefficientsCsv.read(path().resolve(COEFFICIENTS))
              : List.of();
    } catch (IOException e) {
      throw new DamagedException(reason(e));
    }
    if (epochs.size() != run.epochs()) {
      throw new DamagedException(
          METRICS + " has " + epochs.size() + " rows instead of " + run.epochs());
    }
    return new RunRecord(
        spec,
        run.status(),
        run.reason(),
        run.scoreName(),
        epochs,
        run.best(),
        run.sizes(),
        run.provenance(),
        run.equalRows(),
        coefficients);
  }

  List<LayerMetrics> layers() throws DamagedException {
    verified();
    try {
      return LayersCsv.read(path().resolve(LAYERS));
    } catch (IOException e) {
      throw new DamagedException(reason(e));
    }
  }

  /** The files that go into a run folder beside {@code run.json}. */
  record Part(String name, Content content) {}

  /** What completes {@code run.json} once the seals of the other files are known. */
  interface Completed {
    RunJson with(SortedMap<String, FileSeal> files);
  }

  /**
   * Writes all files to a sibling and, last, gives it its name. A complete run that is already
   * there stays; a failed or damaged one gives way.
   */
  void write(List<Part> parts, Completed document) throws IOException {
    disk.folder(parent());
    String tag = UUID.randomUUID().toString().substring(0, 8);
    Path incomplete = parent().resolve(name(spec) + INCOMPLETE + tag);
    try {
      disk.folder(incomplete);
      SortedMap<String, FileSeal> seals = new TreeMap<>();
      for (Part part : parts) {
        seals.put(part.name(), disk.write(incomplete.resolve(part.name()), part.content()));
      }
      disk.write(incomplete.resolve(RUN), document.with(seals).content());
      disk.sync(incomplete);
      if (check().state() == RunState.COMPLETE) {
        // A worker of an earlier, killed sweep was still at it: both hold the same bits.
        disk.delete(incomplete);
        return;
      }
      Path replaced = parent().resolve(name(spec) + REPLACED + tag);
      if (Files.exists(path())) {
        disk.rename(path(), replaced);
      }
      disk.rename(incomplete, path());
      disk.delete(replaced);
    } catch (IOException e) {
      try {
        disk.delete(incomplete);
      } catch (IOException again) {
        // It stays behind as incomplete, and the next sweep clears it away.
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Copies a whole run of the same identity from elsewhere under this name. */
  void copy(Path from, String fromName, JsonNode resolved) throws IOException, DamagedException {
    RunJson original = RunJson.read(from.resolve(RUN));
    if (!original.identity().equals(Identity.of(spec)) || original.status() == RunStatus.FAILED) {
      throw new DamagedException(from + " is not the same run");
    }
    for (Map.Entry<String, FileSeal> file : original.files().entrySet()) {
      prove(from.resolve(file.getKey()), file.getValue());
    }
    List<Part> parts =
        original.files().keySet().stream()
            .map(file -> new Part(file, out -> Files.copy(from.resolve(file), out)))
            .toList();
    write(parts, seals -> original.copiedTo(spec.variant().name(), resolved, fromName));
  }

  /** What a failed access found, for people. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return Path.of(missing.getFile()).getFileName() + " is missing";
    }
    if (e instanceof FileSystemException failed) {
      return failed.getFile() + ": " + kind(failed);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Exceptions that have a type of their own come without words. */
  private static String kind(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the place of a folder";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}

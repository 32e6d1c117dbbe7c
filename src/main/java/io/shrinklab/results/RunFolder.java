package io.shrinklab.results;

import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run's folder {@code runs/<variant>/seed-<n>-<8 hex>/}, for reading. Its state is what is in
 * it, and nothing else.
 *
 * @param sweep the sweep's folder
 * @param variant the folder of the variant
 * @param at where in it; null for its own name
 * @param spec the run that is to be there
 */
record RunFolder(Path sweep, Path variant, @Nullable Path at, RunSpec spec) {
  /** Where all runs of a sweep are. */
  static final String RUNS = "runs";

  /** The names of such folders, as a regular expression. */
  static final String NAME = "seed-[0-9]+-[0-9a-f]{8}";

  /** Where a run of the sweep is, or would be. */
  static RunFolder of(Path sweep, RunSpec spec) {
    return of(sweep, sweep.resolve(RUNS).resolve(spec.variant().name()), spec);
  }

  /** The same under its own name in a folder of variants. */
  static RunFolder of(Path sweep, Path variant, RunSpec spec) {
    return new RunFolder(sweep, variant, null, spec);
  }

  /** What is to become this run, beside its place. */
  RunFolder staged(Path beside) {
    return new RunFolder(sweep, variant, beside, spec);
  }

  /** The folder's own name. */
  static String name(RunSpec spec) {
    return "seed-" + spec.seed() + "-" + Identity.shortOf(spec);
  }

  Path path() {
    return at == null ? variant.resolve(name(spec)) : at;
  }

  boolean exists() {
    // The parent first, before the hash is computed: a plan of a million runs asks for each.
    return Files.isDirectory(variant, LinkOption.NOFOLLOW_LINKS)
        && Files.isDirectory(path(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Looks at everything that is there, checksums included. */
  StoredRun read() {
    try {
      if (!Entry.isFolder(variant)) {
        return StoredRun.without(RunState.ABSENT, "");
      }
      if (!isThere()) {
        boolean begun = Leftovers.has(variant, name(spec));
        return StoredRun.without(begun ? RunState.INCOMPLETE : RunState.ABSENT, "");
      }
      RunRecord record = record(verified());
      return new StoredRun(
          record.status() == RunStatus.FAILED ? RunState.FAILED : RunState.COMPLETE,
          record.status() == RunStatus.FAILED ? record.reason() : "",
          Optional.of(record));
    } catch (DamagedException e) {
      return StoredRun.without(RunState.DAMAGED, path() + ": " + e.getMessage());
    } catch (IOException e) {
      return StoredRun.without(RunState.UNREADABLE, IoReason.of(e));
    }
  }

  /** Whether the folder is there, and no link on the way to it from the sweep's. */
  private boolean isThere() throws IOException {
    return Entry.isFolder(sweep)
        && Entry.isFolder(sweep.resolve(RUNS))
        && Entry.isFolder(variant)
        && Entry.isFolder(path());
  }

  /** Reads {@code run.json} and proves every file that it names, and that it names them all. */
  RunJson verified() throws IOException, DamagedException {
    if (!isThere()) {
      throw new DamagedException("nothing is stored there");
    }
    try {
      RunJson run = RunJson.read(path(), spec);
      if (!run.identity().equals(Identity.of(spec))) {
        throw new DamagedException(
            "run.json is of the run " + run.identity() + " and not of " + Identity.of(spec));
      }
      requireData(run);
      run.requireFiles();
      for (Map.Entry<RunFile, FileSeal> file : run.files().entrySet()) {
        prove(file.getKey(), file.getValue());
      }
      return run;
    } catch (NoSuchFileException e) {
      throw new DamagedException(IoReason.of(e));
    }
  }

  /**
   * Refuses a run of other data: versions that told published sets apart by their names alone
   * stored it as this one.
   */
  private void requireData(RunJson run) throws DamagedException {
    String named = spec.variant().data().contentSha256();
    String trained = run.provenance().dataSha256();
    if (!named.isEmpty() && run.status() != RunStatus.FAILED && !named.equalsIgnoreCase(trained)) {
      throw new DamagedException(
          "it was trained on other data, sha256 " + trained + " and not " + named);
    }
  }

  private void prove(RunFile file, FileSeal written) throws IOException, DamagedException {
    try (InputStream in = file.open(path(), spec)) {
      long bytes = Files.size(file.in(path()));
      if (bytes != written.bytes()) {
        throw new DamagedException(
            file.fileName() + " has " + bytes + " bytes instead of " + written.bytes());
      }
      if (!FileSeal.of(in).equals(written)) {
        throw new DamagedException(file.fileName() + " does not match its checksum");
      }
    }
  }

  /**
   * Reads back what tables are made of. In every look, and not only for a report: what could not be
   * read there must not count as done here.
   */
  RunRecord record(RunJson run) throws IOException, DamagedException {
    List<EpochMetrics> epochs =
        parsed(RunFile.METRICS, () -> MetricsCsv.read(RunFile.METRICS.in(path())));
    if (epochs.size() != run.epochs()) {
      throw new DamagedException(
          RunFile.METRICS.fileName()
              + " has "
              + epochs.size()
              + " rows instead of "
              + run.epochs());
    }
    for (int row = 0; row < epochs.size(); row++) {
      if (epochs.get(row).epoch() != row + 1) {
        throw new DamagedException(
            RunFile.METRICS.fileName()
                + " has the epoch "
                + epochs.get(row).epoch()
                + " in row "
                + (row + 1));
      }
    }
    List<Coefficient> coefficients =
        run.files().containsKey(RunFile.COEFFICIENTS)
            ? parsed(
                RunFile.COEFFICIENTS, () -> CoefficientsCsv.read(RunFile.COEFFICIENTS.in(path())))
            : List.of();
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
        run.chanceScore() == null ? Double.NaN : run.chanceScore(),
        coefficients,
        run.optimalityViolation() == null ? Double.NaN : run.optimalityViolation());
  }

  /**
   * The rows by epoch and layer, which few reports show of few runs.
   *
   * @throws DamagedException when the run cannot be used
   */
  List<LayerMetrics> layers() throws IOException, DamagedException {
    verified();
    return parsed(RunFile.LAYERS, () -> LayersCsv.read(RunFile.LAYERS.in(path())));
  }

  /**
   * Files as they are stored, by their names; those that this run does not have are left out.
   *
   * @throws DamagedException when the run cannot be used
   */
  Map<String, byte[]> files(Set<String> names) throws IOException, DamagedException {
    RunJson run = verified();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (RunFile file : RunFile.values()) {
      boolean stored = file == RunFile.RUN || run.files().containsKey(file);
      if (stored && names.contains(file.fileName())) {
        try (InputStream in = file.open(path(), spec)) {
          files.put(file.fileName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  /** The arrays to use a run by whose stored bytes are others than those that training gave. */
  List<String> differences(RunOutcome outcome) throws IOException, DamagedException {
    Map<RunFile, FileSeal> stored = verified().files();
    Map<RunFile, Content> now = RunWriter.trained(outcome);
    List<String> differences = new ArrayList<>();
    for (RunFile file : RunFile.ARRAYS) {
      FileSeal seal = stored.get(file);
      Content content = now.get(file);
      if (seal != null && content != null && !seal.equals(FileSeal.of(content))) {
        differences.add(file.fileName());
      }
    }
    return differences;
  }

  private interface Rows<T> {
    List<T> read() throws IOException, DamagedException;
  }

  private static <T> List<T> parsed(RunFile file, Rows<T> rows)
      throws IOException, DamagedException {
    try {
      return rows.read();
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new DamagedException(file.fileName() + " cannot be parsed: " + e.getMessage());
    }
  }
}

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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run's folder {@code runs/<variant>/seed-<n>-<8 hex>/}, for reading. Its state is what is in
 * it, and nothing else.
 */
final class RunFolder {
  /** Where all runs of a sweep are. */
  static final String RUNS = "runs";

  /** The names of such folders, as a regular expression. */
  static final String NAME = "seed-[0-9]+-[0-9a-f]{8}";

  /** What tables are made of. */
  private static final Set<RunFile> TABLES = EnumSet.of(RunFile.METRICS, RunFile.COEFFICIENTS);

  private final Path sweep;
  private final Path variant;
  private final RunSpec spec;

  /** Computed once and on demand: a plan of a million runs asks for folders that are not there. */
  private @Nullable String identity;

  private @Nullable Path path;

  /**
   * A folder.
   *
   * @param sweep the sweep's folder
   * @param variant the folder of the variant
   * @param spec the run that is to be there
   */
  RunFolder(Path sweep, Path variant, RunSpec spec) {
    this.sweep = sweep;
    this.variant = variant;
    this.spec = spec;
  }

  /** Where a run of the sweep is, or would be. */
  static RunFolder of(Path sweep, RunSpec spec) {
    return new RunFolder(sweep, sweep.resolve(RUNS).resolve(spec.variant().name()), spec);
  }

  /** The folder's own name. */
  static String name(RunSpec spec) {
    return name(spec, Identity.of(spec));
  }

  private static String name(RunSpec spec, String identity) {
    return "seed-" + spec.seed() + "-" + identity.substring(0, Identity.SHORT);
  }

  Path sweep() {
    return sweep;
  }

  Path variant() {
    return variant;
  }

  RunSpec spec() {
    return spec;
  }

  private String identity() {
    String known = identity;
    if (known == null) {
      known = Identity.of(spec);
      identity = known;
    }
    return known;
  }

  Path path() {
    Path known = path;
    if (known == null) {
      known = variant.resolve(name(spec, identity()));
      path = known;
    }
    return known;
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
        boolean begun = Leftovers.has(variant, name(spec, identity()));
        return StoredRun.without(begun ? RunState.INCOMPLETE : RunState.ABSENT, "");
      }
      return stored(proved(this::open, TABLES));
    } catch (DamagedException e) {
      return StoredRun.without(RunState.DAMAGED, path() + ": " + e.getMessage());
    } catch (IOException e) {
      return StoredRun.without(RunState.UNREADABLE, IoReason.of(e));
    }
  }

  /**
   * Proves what somebody else says are this run's files, and nothing else, before they are stored.
   *
   * @throws DamagedException when they are not
   */
  StoredRun proved(Map<RunFile, byte[]> files) throws IOException, DamagedException {
    Proved proved =
        proved(
            file -> {
              byte[] bytes = files.get(file);
              if (bytes == null) {
                throw new NoSuchFileException(file.fileName());
              }
              return new ByteArrayInputStream(bytes);
            },
            TABLES);
    for (RunFile file : files.keySet()) {
      if (file != RunFile.RUN && !proved.run().files().containsKey(file)) {
        throw new DamagedException("run.json has no checksum of " + file.fileName());
      }
    }
    return stored(proved);
  }

  private StoredRun stored(Proved proved) throws DamagedException {
    RunRecord record = record(proved);
    boolean failed = record.status() == RunStatus.FAILED;
    return new StoredRun(
        failed ? RunState.FAILED : RunState.COMPLETE,
        failed ? record.reason() : "",
        Optional.of(record));
  }

  /** Whether the folder is there, and no link on the way to it from the sweep's. */
  private boolean isThere() throws IOException {
    return Entry.isFolder(sweep)
        && Entry.isFolder(sweep.resolve(RUNS))
        && Entry.isFolder(variant)
        && Entry.isFolder(path());
  }

  /**
   * A run whose checksums hold.
   *
   * @param kept the bytes that were proved, of those files that are wanted and that it has
   */
  private record Proved(RunJson run, Map<RunFile, byte[]> kept) {}

  /** Reads {@code run.json} and proves every file that it names, and that it names them all. */
  RunJson verified() throws IOException, DamagedException {
    return whole(Set.of()).run();
  }

  /** The same, and reads back what tables are made of. */
  RunJson readable() throws IOException, DamagedException {
    Proved proved = whole(TABLES);
    record(proved);
    return proved.run();
  }

  private Proved whole(Set<RunFile> wanted) throws IOException, DamagedException {
    requireThere();
    return proved(this::open, wanted);
  }

  private void requireThere() throws IOException, DamagedException {
    if (!isThere()) {
      throw new DamagedException("nothing is stored there");
    }
  }

  /** Where a run's files are read from. */
  private interface Source {
    InputStream open(RunFile file) throws IOException, DamagedException;
  }

  private InputStream open(RunFile file) throws IOException, DamagedException {
    return file.open(path(), spec);
  }

  private Proved proved(Source source, Set<RunFile> wanted) throws IOException, DamagedException {
    try {
      RunJson run;
      try (InputStream in = source.open(RunFile.RUN)) {
        run = RunJson.read(in.readAllBytes(), spec);
      }
      if (!run.identity().equals(identity())) {
        throw new DamagedException(
            "run.json is of the run " + run.identity() + " and not of " + identity());
      }
      requireData(run);
      run.requireFiles();
      Map<RunFile, byte[]> kept = new EnumMap<>(RunFile.class);
      for (Map.Entry<RunFile, FileSeal> file : run.files().entrySet()) {
        boolean keep = wanted.contains(file.getKey());
        byte[] bytes = prove(source, file.getKey(), file.getValue(), keep);
        if (keep) {
          kept.put(file.getKey(), bytes);
        }
      }
      return new Proved(run, kept);
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

  /** Gives what was proved where it is wanted, and nothing where it is not. */
  private static byte[] prove(Source source, RunFile file, FileSeal written, boolean wanted)
      throws IOException, DamagedException {
    byte[] bytes = {};
    FileSeal found;
    try (InputStream in = source.open(file)) {
      if (wanted) {
        bytes = in.readAllBytes();
        found = FileSeal.of(bytes);
      } else {
        found = FileSeal.of(in);
      }
    }
    if (found.bytes() != written.bytes()) {
      throw new DamagedException(
          file.fileName() + " has " + found.bytes() + " bytes instead of " + written.bytes());
    }
    if (!found.equals(written)) {
      throw new DamagedException(file.fileName() + " does not match its checksum");
    }
    return bytes;
  }

  /**
   * Reads back what tables are made of. In every look, and not only for a report: what could not be
   * read there must not count as done here.
   */
  private RunRecord record(Proved proved) throws DamagedException {
    RunJson run = proved.run();
    List<EpochMetrics> epochs = parsed(RunFile.METRICS, proved, MetricsCsv::read);
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
            ? parsed(RunFile.COEFFICIENTS, proved, CoefficientsCsv::read)
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
    return parsed(RunFile.LAYERS, whole(Set.of(RunFile.LAYERS)), LayersCsv::read);
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
        files.put(file.fileName(), bytes(file));
      }
    }
    return files;
  }

  /** All files as they are, which whoever gets them proves. */
  Map<String, byte[]> unproved() throws IOException, DamagedException {
    requireThere();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (RunFile file : RunFile.values()) {
      if (Entry.isFile(file.in(path()))) {
        files.put(file.fileName(), bytes(file));
      }
    }
    return files;
  }

  private byte[] bytes(RunFile file) throws IOException, DamagedException {
    try (InputStream in = open(file)) {
      return in.readAllBytes();
    }
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
    List<T> read(byte[] bytes) throws IOException, DamagedException;
  }

  private static <T> List<T> parsed(RunFile file, Proved proved, Rows<T> rows)
      throws DamagedException {
    try {
      return rows.read(Objects.requireNonNull(proved.kept().get(file)));
    } catch (IOException | IllegalArgumentException e) {
      throw new DamagedException(file.fileName() + " cannot be parsed: " + e.getMessage());
    }
  }
}

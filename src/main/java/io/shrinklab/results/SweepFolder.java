package io.shrinklab.results;

import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunEnd;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one sweep, {@code results/NAME}. Opened, it can be read by anyone at any time; only
 * the process that locked it and the workers that it started write runs into it, or workers that
 * share it.
 */
public final class SweepFolder implements AutoCloseable {
  private final Path results;
  private final Path path;
  private final Disk disk;
  private final Leftovers leftovers;
  private final @Nullable FolderLock lock;

  private SweepFolder(Path results, String name, WritePoint point, @Nullable FolderLock lock) {
    this.results = results;
    this.path = results.resolve(name);
    this.disk = new Disk(point);
    this.leftovers = new Leftovers(path, point);
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
      // Links on the way to the results are the user's own; from here down they are nobody's.
      new Disk(point).folder(path, path);
      open(results, name).requireReadable();
      return new SweepFolder(
          results,
          name,
          point,
          shared ? FolderLock.share(path, point) : FolderLock.take(path, point));
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
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

  /**
   * Makes sure that what is stored can be looked at: a folder that is not there is empty, one that
   * nobody can see is not.
   *
   * @throws ResultsException when it, or the folder of its runs, is something else or unreadable
   */
  public void requireReadable() throws ResultsException {
    variants();
  }

  /** Whether there is a folder for a run, whatever is in it; much cheaper than {@link #read}. */
  public boolean exists(RunSpec spec) {
    return folder(spec).exists();
  }

  /**
   * The variants that something is stored of, whatever it is; found in one look, for a plan of a
   * million. Names that differ in case alone are one here, as some file systems have it.
   *
   * @throws ResultsException as {@link #requireReadable}
   */
  public Set<String> variants() throws ResultsException {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Path runs = path.resolve(RunFolder.RUNS);
    try {
      if (Entry.isFolder(path) && Entry.isFolder(runs)) {
        // Some folders may be listed and not entered.
        Entry.at(runs.resolve("."));
        Entry.in(runs).forEach(folder -> names.add(String.valueOf(folder.getFileName())));
      }
    } catch (IOException e) {
      throw ResultsException.unreadable(path, e);
    }
    return names;
  }

  /** Looks at a run: what is stored of it, checksums included, and reads it back. */
  public StoredRun read(RunSpec spec) {
    return folder(spec).read();
  }

  /**
   * Looks at many runs as {@link #read(RunSpec)} does, some at once.
   *
   * @param runs walked as what is found is walked, which has their order
   */
  public Iterable<FoundRun> read(Iterable<RunSpec> runs) {
    return () -> new FoundRuns(this, runs.iterator());
  }

  /**
   * The rows of a run's {@code layers.csv}, which no other look parses.
   *
   * @throws ResultsException when they cannot be had
   */
  public List<LayerMetrics> layers(RunSpec spec) throws ResultsException {
    return whole(spec, RunFolder::layers);
  }

  /**
   * Some of a run's files as they are stored, {@code run.json} say, by their names; those that it
   * does not have are left out.
   *
   * @throws ResultsException when they cannot be had
   */
  public Map<String, byte[]> files(RunSpec spec, Set<String> names) throws ResultsException {
    return whole(spec, folder -> folder.files(names));
  }

  /**
   * The files to use a run by that training gives otherwise than they are stored: best weights,
   * what the parts were made of, predictions. One that either lacks is not among them.
   *
   * @throws ResultsException when the stored run cannot be read
   */
  public List<String> differences(RunOutcome outcome) throws ResultsException {
    return whole(outcome.spec(), folder -> folder.differences(outcome));
  }

  /** A look at a run that has to be whole for it. */
  private interface Look<T> {
    T at(RunFolder run) throws IOException, DamagedException;
  }

  private <T> T whole(RunSpec spec, Look<T> look) throws ResultsException {
    try {
      return look.at(folder(spec));
    } catch (DamagedException e) {
      throw new ResultsException(path(spec) + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw ResultsException.unreadable(path, e);
    }
  }

  /** Where a run is, or would be, stored. */
  public Path path(RunSpec spec) {
    return folder(spec).path();
  }

  /**
   * Stores how a run ended, a failed one too, so that it is a row in every table. Returns once it
   * is complete and on the disk.
   *
   * @param environment what it was computed with
   * @param started when training began
   * @param ended when training was done
   * @param log what it printed
   * @throws ResultsException when it cannot be written; nothing is half there
   */
  public void write(
      RunEnd end, Environment environment, Instant started, Instant ended, Content log)
      throws ResultsException {
    try {
      writer(end.spec()).store(end, environment, started, ended, log);
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /**
   * Stores a run that was trained elsewhere, once what came of it is proved: nothing but this run's
   * files, with the checksums that its {@code run.json} says.
   *
   * @param files content by name, as {@link #take} gave them
   * @return what is stored now; not complete, and why, where they were no such run
   * @throws ResultsException when it cannot be written; nothing is half there
   */
  public StoredRun receive(RunSpec spec, Map<String, byte[]> files) throws ResultsException {
    try {
      return writer(spec).receive(files);
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /**
   * Gives a stored run away, to be kept elsewhere; nothing of it stays here, and nothing is proved.
   *
   * @return all its files, content by name, for {@link #receive}
   * @throws ResultsException when they cannot be had
   */
  public Map<String, byte[]> take(RunSpec spec) throws ResultsException {
    return whole(spec, folder -> new RunWriter(folder, disk, leftovers).take());
  }

  /**
   * Looks for the same run, by its full identity, in a folder of candidates and copies it here.
   *
   * @param candidate a run folder, as {@link StoredRuns} found it
   * @return whether it was whole, the same, and is now here
   */
  public boolean copy(RunSpec spec, Path candidate) throws ResultsException {
    String from = results.toAbsolutePath().relativize(candidate.toAbsolutePath()).toString();
    try {
      return writer(spec).copy(StoredRuns.folder(candidate, spec), from.replace('\\', '/'));
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  private ReportFolder reports() {
    return new ReportFolder(path, disk, leftovers);
  }

  /**
   * Puts a file of the report in its place, whole or not at all.
   *
   * @param file its name under the sweep's folder, for instance {@code charts/loss.png}
   * @param content what to write; called once
   * @throws ResultsException when it cannot be written; the older file is still there
   */
  public void publish(String file, Content content) throws ResultsException {
    try {
      reports().publish(file, content);
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /**
   * Says of a report that was just written what it was made of.
   *
   * @param source in one line
   */
  public void stamp(String source) throws ResultsException {
    publish(ReportStamp.NAME, ReportStamp.content(reports(), source));
  }

  /** Whether the report that is there was made of this, and none of its files was touched since. */
  public boolean isReportOf(String source) throws ResultsException {
    try {
      return ReportStamp.holds(path.resolve(ReportStamp.NAME), reports(), source);
    } catch (IOException e) {
      throw ResultsException.unreadable(path, e);
    }
  }

  /**
   * Makes sure that a report could be written: its places hold nothing, or an older one.
   *
   * @throws ResultsException when something else is there; says where and what
   */
  public void requirePublishable() throws ResultsException {
    try {
      reports().requirePlaces();
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /** How a sweep is looked at, for whoever reads its results later. */
  public void publish(Looks looks) throws ResultsException {
    publish(LooksFile.NAME, LooksFile.content(looks));
  }

  /**
   * How the sweep is looked at.
   *
   * @return empty where all seeds of the experiment are asked at once
   * @throws ResultsException when the file that says so is not what this program wrote
   */
  public Optional<Looks> looks() throws ResultsException {
    return LooksFile.read(path.resolve(LooksFile.NAME));
  }

  /**
   * Keeps the content that data are named by, beside what is kept of others.
   *
   * @param checksums by what the experiment calls the data: {@code sha256:...}, or empty for a
   *     published set as its authors published it; others are those that the experiment itself says
   */
  public void keepData(Map<String, String> checksums) throws ResultsException {
    SortedMap<String, String> kept = data();
    SortedMap<String, String> all = new TreeMap<>(kept);
    checksums.forEach(
        (source, checksum) -> {
          if (DataFile.isChecksum(checksum)) {
            all.put(source, checksum);
          }
        });
    if (!all.equals(kept)) {
      publish(DataFile.NAME, DataFile.content(all));
    }
  }

  /**
   * The content that data were named by when the sweep was last run.
   *
   * @throws ResultsException when the file that says so is not what this program wrote
   */
  public SortedMap<String, String> data() throws ResultsException {
    return DataFile.read(path.resolve(DataFile.NAME));
  }

  /**
   * Removes what interrupted sweeps and killed workers left half-written. Only who holds the lock
   * alone may, while none of its workers writes.
   *
   * @return for people: what stays, since it holds something that this program did not make
   */
  public List<String> clean() throws ResultsException {
    if (lock == null || lock.shared()) {
      throw new IllegalStateException("Only who holds the lock alone cleans up");
    }
    try {
      return leftovers.clean().stream()
          .map(
              kept ->
                  kept + " stays: this program did not make it, or not all in it. Move that away")
          .toList();
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /** The log of a worker, counted from 1, in a folder that is made if need be. */
  public WorkerLog workerLog(int number) throws ResultsException {
    Path log = path.resolve(WorkerLog.FOLDER).resolve("worker-" + number + ".log");
    try {
      disk.folder(path, path.resolve(WorkerLog.FOLDER));
      // The system appends to it and would follow a link.
      Entry.isFile(log);
      return new WorkerLog(log, disk);
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /** Removes the workers' logs: each run has kept its own part. */
  public void clearLogs() throws ResultsException {
    try {
      leftovers.removeLogs();
    } catch (IOException e) {
      throw ResultsException.unwritable(path, e);
    }
  }

  /** Gives the lock back. What is stored stays as it is. */
  @Override
  public void close() throws ResultsException {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        throw ResultsException.unwritable(path, e);
      }
    }
  }

  private RunFolder folder(RunSpec spec) {
    return RunFolder.of(path, spec);
  }

  private RunWriter writer(RunSpec spec) {
    return new RunWriter(folder(spec), disk, leftovers);
  }
}

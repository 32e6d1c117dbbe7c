package io.shrinklab.results;

import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.RunEnd;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a run's folder beside its place and, last, gives it its name. */
final class RunWriter {
  private final RunFolder run;
  private final Disk disk;
  private final Leftovers leftovers;

  RunWriter(RunFolder run, Disk disk, Leftovers leftovers) {
    this.run = run;
    this.disk = disk;
    this.leftovers = leftovers;
  }

  /** Stores how a run ended. */
  void store(RunEnd end, Environment environment, Instant started, Instant ended, Content log)
      throws IOException {
    Map<RunFile, Content> files = end.match(RunWriter::trained, failure -> failed());
    files.put(RunFile.METRICS, MetricsCsv.content(end.epochs()));
    files.put(RunFile.LOG, log);
    write(files, seals -> RunJson.of(end, environment, started, ended, seals));
  }

  private static Map<RunFile, Content> failed() {
    Map<RunFile, Content> files = new EnumMap<>(RunFile.class);
    files.put(RunFile.LAYERS, LayersCsv.content(List.of()));
    return files;
  }

  /** What training alone decides, but for metrics, which hold times. */
  static Map<RunFile, Content> trained(RunOutcome outcome) {
    Map<RunFile, Content> files = new EnumMap<>(RunFile.class);
    files.put(RunFile.LAYERS, LayersCsv.content(outcome.layers()));
    files.put(RunFile.WEIGHTS, out -> out.write(outcome.weights().npz()));
    if (!outcome.coefficients().isEmpty()) {
      files.put(RunFile.COEFFICIENTS, CoefficientsCsv.content(outcome.coefficients()));
    }
    put(files, RunFile.BEST_WEIGHTS, outcome.arrays().bestWeights());
    put(files, RunFile.DATA, outcome.arrays().data());
    put(files, RunFile.PREDICTIONS, outcome.arrays().predictions());
    return files;
  }

  private static void put(Map<RunFile, Content> files, RunFile file, byte[] bytes) {
    if (bytes.length > 0) {
      files.put(file, out -> out.write(bytes));
    }
  }

  /**
   * Copies a whole run of the same identity from elsewhere.
   *
   * @param from its folder; nothing but the files that it names is read
   * @param fromName for people
   * @return whether it was whole
   */
  boolean copy(RunFolder from, String fromName) throws IOException {
    RunJson original;
    try {
      original = from.readable();
      if (original.status() == RunStatus.FAILED) {
        return false;
      }
    } catch (DamagedException | IOException e) {
      return false;
    }
    Map<RunFile, Content> files = new EnumMap<>(RunFile.class);
    for (RunFile file : original.files().keySet()) {
      files.put(file, out -> copy(file.in(from.path()), out));
    }
    RunJson copy =
        original.copiedTo(run.spec().variant().name(), SpecJson.write(run.spec()), fromName);
    write(
        files,
        seals -> {
          if (!seals.equals(original.files())) {
            throw new IOException(from.path() + " was changed while it was copied");
          }
          return copy;
        });
    return true;
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      in.transferTo(out);
    }
  }

  /** What completes {@code run.json} once the seals of the other files are known. */
  private interface Completed {
    RunJson with(SortedMap<RunFile, FileSeal> seals) throws IOException;
  }

  /**
   * Stores files that somebody else says are this run's, once they are proved to be.
   *
   * @param files content by name
   * @return what is there now; damaged, with nothing stored, where they are not
   */
  StoredRun receive(Map<String, byte[]> files) throws IOException {
    Map<RunFile, byte[]> named = new EnumMap<>(RunFile.class);
    StoredRun received;
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        named.put(named(file.getKey()), file.getValue());
      }
      received = run.proved(named);
    } catch (DamagedException e) {
      return StoredRun.without(RunState.DAMAGED, String.valueOf(e.getMessage()));
    }
    if (received.state() == RunState.FAILED) {
      return StoredRun.without(RunState.DAMAGED, "it failed");
    }
    boolean stays =
        stage(
            incomplete -> {
              for (Map.Entry<RunFile, byte[]> file : named.entrySet()) {
                disk.write(file.getKey().in(incomplete), out -> out.write(file.getValue()));
              }
            });
    return stays ? run.read() : received;
  }

  private static RunFile named(String name) throws DamagedException {
    try {
      return RunFile.named(name);
    } catch (IllegalArgumentException e) {
      throw new DamagedException(String.valueOf(e.getMessage()));
    }
  }

  /** Gives all files of the stored run away: nothing of it stays here. */
  Map<String, byte[]> take() throws IOException, DamagedException {
    Map<String, byte[]> files = run.unproved();
    Path replaced = Leftovers.replaced(run.path());
    disk.rename(run.path(), replaced);
    leftovers.removeRun(replaced);
    return files;
  }

  private void write(Map<RunFile, Content> files, Completed document) throws IOException {
    stage(
        incomplete -> {
          SortedMap<RunFile, FileSeal> seals = new TreeMap<>();
          for (Map.Entry<RunFile, Content> file : files.entrySet()) {
            seals.put(file.getKey(), disk.sealed(file.getKey().in(incomplete), file.getValue()));
          }
          disk.write(RunFile.RUN.in(incomplete), document.with(seals).content());
        });
  }

  /** What fills the folder that is to become a run. */
  private interface Filling {
    void into(Path incomplete) throws IOException;
  }

  /**
   * A complete run that is already there stays; a failed or damaged one gives way.
   *
   * @return whether one stayed
   */
  private boolean stage(Filling filling) throws IOException {
    disk.folder(run.sweep(), run.variant());
    Path incomplete = Leftovers.incomplete(run.path());
    try {
      disk.folder(incomplete, incomplete);
      filling.into(incomplete);
      disk.sync(incomplete);
      return place(incomplete);
    } catch (IOException e) {
      try {
        leftovers.removeRun(incomplete);
      } catch (IOException again) {
        // It stays behind as incomplete, and the next sweep clears it away.
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private boolean place(Path incomplete) throws IOException {
    StoredRun there = run.read();
    switch (there.state()) {
      // A worker of an earlier, killed sweep was still at it: both hold the same bits.
      case COMPLETE -> leftovers.removeRun(incomplete);
      case UNREADABLE -> throw new IOException(there.detail());
      case ABSENT, INCOMPLETE -> disk.rename(incomplete, run.path());
      case FAILED, DAMAGED -> {
        Path replaced = Leftovers.replaced(run.path());
        disk.rename(run.path(), replaced);
        disk.rename(incomplete, run.path());
        leftovers.removeRun(replaced);
      }
    }
    return there.state() == RunState.COMPLETE;
  }
}

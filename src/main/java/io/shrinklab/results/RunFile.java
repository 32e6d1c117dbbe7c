package io.shrinklab.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a run's folder. A name that was read from a file becomes a path here or nowhere, so
 * that no name leads out of the folder; and none of them is opened that is no regular file of a
 * sane size.
 */
enum RunFile {
  // In the order of their names, in which run.json lists them.
  /** An array in memory before it is written. */
  BEST_WEIGHTS("best-weights.npz", Integer.MAX_VALUE, 0),
  COEFFICIENTS("coefficients.csv", 64 << 20, 0),
  /** An array in memory before it is written. */
  DATA("data.npz", Integer.MAX_VALUE, 0),
  /** A row for each epoch and layer, of half a kilobyte. */
  LAYERS("layers.csv", 1 << 20, 1 << 20),
  /** A row for each epoch, of 16 numbers. */
  METRICS("metrics.csv", 2 << 10, 2 << 10),
  /** An array in memory before it is written. */
  PREDICTIONS("predictions.npz", Integer.MAX_VALUE, 0),
  RUN("run.json", 16 << 20, 0),
  LOG("run.log", 16 << 20, 0),
  /** An array in memory before it is written. */
  WEIGHTS("weights.npz", Integer.MAX_VALUE, 0);

  /** What every run leaves, a failed one too; {@link #RUN} holds their checksums. */
  static final Set<RunFile> ALWAYS = Set.of(METRICS, LAYERS, LOG);

  /** What a run can be used by, beside its weights. */
  static final Set<RunFile> ARRAYS = Set.of(BEST_WEIGHTS, DATA, PREDICTIONS);

  /** Of all of them. */
  private static final Set<String> NAMES =
      Arrays.stream(values()).map(RunFile::fileName).collect(Collectors.toUnmodifiableSet());

  private final String fileName;
  private final long bytes;
  private final long bytesPerEpoch;

  /** With what it has at most. */
  RunFile(String fileName, long bytes, long bytesPerEpoch) {
    this.fileName = fileName;
    this.bytes = bytes;
    this.bytesPerEpoch = bytesPerEpoch;
  }

  /** Its name in the folder. */
  @JsonValue
  String fileName() {
    return fileName;
  }

  /**
   * The file of that name.
   *
   * @throws IllegalArgumentException when a run has no such file
   */
  @JsonCreator
  static RunFile named(String name) {
    for (RunFile file : values()) {
      if (file.fileName.equals(name)) {
        return file;
      }
    }
    throw new IllegalArgumentException("\"" + name + "\" is no file of a run");
  }

  /** Whether a run has a file of that name. */
  static boolean isName(String name) {
    return NAMES.contains(name);
  }

  /** Its path in a folder. */
  Path in(Path folder) {
    return folder.resolve(fileName);
  }

  /**
   * Opens it in a run's folder for reading.
   *
   * @throws DamagedException when it is no regular file, or larger than this run can have made it
   */
  InputStream open(Path folder, RunSpec spec) throws IOException, DamagedException {
    Path file = in(folder);
    Entry found = Entry.at(file);
    if (found == Entry.NOTHING) {
      throw new NoSuchFileException(file.toString());
    }
    if (found != Entry.FILE) {
      throw new DamagedException(fileName + " is " + found.words() + " and no regular file");
    }
    long size = Files.size(file);
    long most = bytes + bytesPerEpoch * spec.variant().training().epochs();
    if (size > most) {
      throw new DamagedException(
          fileName + " has " + size + " bytes; such a run has at most " + most);
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }
}

package io.shrinklab.experiment;

import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment file. */
public final class ExperimentFile {
  /** The ending of experiment files. */
  static final String ENDING = ".json";

  /** Far more than people write, and a tree of it has room in a small heap. */
  static final int MOST_BYTES = 16 << 20;

  private ExperimentFile() {}

  /**
   * Reads and checks a file, for whoever makes no class that it names or has asked already.
   *
   * @throws ExperimentException when it cannot be run; names every problem
   */
  public static Experiment read(Path file) throws ExperimentException {
    return read(file, OwnClasses.ALLOWED);
  }

  /** The same for whoever trains. */
  public static Experiment read(Path file, OwnClasses classes) throws ExperimentException {
    byte[] text;
    // No pipe and no device, which need not end.
    if (!Files.isRegularFile(file)) {
      throw new ExperimentException(
          file + ": cannot be read (no regular file); name a file of JSON text");
    }
    try (InputStream in = Files.newInputStream(file)) {
      // Not by the size that the system tells: a file may grow.
      text = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ExperimentException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + "); is it a readable file?");
    }
    if (text.length > MOST_BYTES) {
      throw new ExperimentException(
          file
              + ": has more than "
              + (MOST_BYTES >> 20)
              + " MiB, the most for an experiment file; is it another file? Values that many"
              + " variants share are shorter in a grid");
    }
    String name = String.valueOf(file.getFileName());
    return new ExperimentReader(file.toString(), withoutEnding(name), classes)
        .read(JsonText.parse(text, file.toString()));
  }

  /** The same from text, for instance in tests. */
  public static Experiment parse(String text, String file) throws ExperimentException {
    return new ExperimentReader(file, withoutEnding(file), OwnClasses.ALLOWED)
        .read(JsonText.parse(text.getBytes(StandardCharsets.UTF_8), file));
  }

  static String withoutEnding(String name) {
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}

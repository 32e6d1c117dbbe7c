package io.shrinklab.experiment;

import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment file. */
public final class ExperimentFile {
  /** The ending of experiment files. */
  static final String ENDING = ".json";

  private ExperimentFile() {}

  /**
   * Reads and checks a file.
   *
   * @throws ExperimentException when it cannot be run; names every problem
   */
  public static Experiment read(Path file) throws ExperimentException {
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ExperimentException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + "); is it a readable file?");
    }
    String name = String.valueOf(file.getFileName());
    return new ExperimentReader(file.toString(), withoutEnding(name))
        .read(JsonText.parse(text, file.toString()));
  }

  /** The same from text, for instance in tests. */
  public static Experiment parse(String text, String file) throws ExperimentException {
    return new ExperimentReader(file, withoutEnding(file))
        .read(JsonText.parse(text.getBytes(StandardCharsets.UTF_8), file));
  }

  static String withoutEnding(String name) {
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}

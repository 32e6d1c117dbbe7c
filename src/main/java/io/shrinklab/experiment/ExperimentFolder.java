package io.shrinklab.experiment;

import io.shrinklab.spec.PathText;
import io.shrinklab.spec.Visible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of experiment files, known by their names without ending.
 *
 * @param folder usually {@code experiments}
 */
public record ExperimentFolder(Path folder) {

  /** All experiment files, by name. Empty when there is no such folder. */
  public List<Path> files() throws ExperimentException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ExperimentFile.ENDING))
          .sorted(Comparator.comparing(ExperimentFolder::name))
          .toList();
    } catch (IOException e) {
      throw new ExperimentException(folder + ": cannot be listed: " + e.getMessage());
    }
  }

  /**
   * The file of a sweep.
   *
   * @param sweep a name in this folder, or a path
   * @throws ExperimentException when there is no such file; names those that look like it
   */
  public Path find(String sweep) throws ExperimentException {
    Path path;
    try {
      path = PathText.parse(sweep);
    } catch (InvalidPathException e) {
      throw new ExperimentException(
          "SWEEP: " + e.getReason() + "; a sweep is a name in " + folder + ", or a path to a file");
    }
    Path named = folder.resolve(sweep + ExperimentFile.ENDING);
    if (Files.isRegularFile(named)) {
      return named;
    }
    if (Files.isRegularFile(path)) {
      return path;
    }
    List<String> known = files().stream().map(ExperimentFolder::name).toList();
    List<String> nearest = Nearest.of(name(path), known, 3);
    String hint = Nearest.hint(nearest);
    if (nearest.isEmpty()) {
      hint =
          known.isEmpty()
              ? "; there is no experiment file in " + folder.toAbsolutePath()
              : "; known: " + String.join(", ", known);
    }
    throw new ExperimentException(
        "no sweep "
            + Visible.quoted(sweep)
            + ": neither "
            + named
            + " nor a file of that path"
            + hint);
  }

  /** A file's name without ending. */
  public static String name(Path file) {
    return ExperimentFile.withoutEnding(String.valueOf(file.getFileName()));
  }
}

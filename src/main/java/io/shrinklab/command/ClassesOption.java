package io.shrinklab.command;

import io.shrinklab.experiment.OwnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether classes that an experiment file names are made. */
final class ClassesOption {
  /** Where files are that the user keeps, and not ones that the user was given. */
  private static final Path OWN = Path.of("experiments");

  @Option(
      names = OwnClasses.OPTION,
      description =
          "Run classes that the experiment file names (\"className\"). Nothing is asked of files in"
              + " experiments/ of the working directory.")
  private boolean allowed;

  /** What is to be done about the classes that a file names. */
  OwnClasses in(Path experiment) {
    return allowed || isOwn(experiment) ? OwnClasses.ALLOWED : OwnClasses.REFUSED;
  }

  private static boolean isOwn(Path experiment) {
    Path folder = experiment.toAbsolutePath().getParent();
    try {
      return folder != null && Files.isDirectory(OWN) && Files.isSameFile(folder, OWN);
    } catch (IOException e) {
      return false;
    }
  }
}

package io.shrinklab.command;

import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which sweep, and where its results are. */
final class SweepArgument {
  @Parameters(
      index = "0",
      paramLabel = "SWEEP",
      description = "A name (experiments/NAME.json) or a path to an experiment file.")
  private String sweep = "";

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description = "The folder of experiment files. Default: experiments")
  private Path experiments = Path.of("experiments");

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "The folder of all sweeps' results. Default: results")
  private Path results = Path.of("results");

  /** The checked experiment. */
  Experiment experiment() throws ExperimentException {
    return experiment(sweep);
  }

  /** The same for whoever trains it. */
  Experiment experiment(ClassesOption classes) throws ExperimentException {
    Path file = new ExperimentFolder(experiments).find(sweep);
    return ExperimentFile.read(file, classes.in(file));
  }

  /** Another one, named in the same way. */
  Experiment experiment(String other) throws ExperimentException {
    return ExperimentFile.read(new ExperimentFolder(experiments).find(other));
  }

  /** The folder of all sweeps' results. */
  Path results() {
    return results;
  }

  /** The sweep's own folder, not locked. */
  SweepFolder folder(Experiment experiment) {
    return SweepFolder.open(results, experiment.name());
  }

  /** The sweep as the user wrote it. */
  String asGiven() {
    return sweep;
  }
}

package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.network.NetworkException;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.ShrinklabException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  /** The one file that was read; null before, and where there were several. */
  private @Nullable Path file;

  /** The checked experiment. */
  Experiment experiment() throws ExperimentException {
    file = new ExperimentFolder(experiments).find(sweep);
    return ExperimentFile.read(file);
  }

  /** The same for whoever trains it. */
  Experiment experiment(ClassesOption classes) throws ExperimentException {
    Path found = new ExperimentFolder(experiments).find(sweep);
    file = found;
    return ExperimentFile.read(found, classes.in(found));
  }

  /** Another one, named in the same way. */
  Experiment experiment(String other) throws ExperimentException {
    file = null;
    return ExperimentFile.read(new ExperimentFolder(experiments).find(other));
  }

  /**
   * The file that asks for what is not there, to be put before what is wrong: who finds that of a
   * right file's data, network or layers does not know the file. Empty for all else.
   */
  String place(ShrinklabException e) {
    boolean asked =
        e instanceof DataException
            || e instanceof NetworkException
            || e instanceof PenaltyException;
    return asked && file != null ? file + ": " : "";
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

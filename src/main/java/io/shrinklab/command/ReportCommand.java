package io.shrinklab.command;

import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}. */
@Command(
    name = "report",
    description =
        "CSV, PNG and HTML rebuilt from the stored runs that match today's experiment file. No"
            + " training engine is loaded.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  mvn -q compile exec:java -Dexec.args=\"report lp-ablation\"")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();

  @Option(
      names = "--seeds",
      paramLabel = "SEEDS",
      converter = SeedsConverter.class,
      description = SeedsConverter.HELP)
  private SeedsConverter.Choice seeds = SeedsConverter.Choice.OF_THE_FILE;

  @Override
  public Integer call()
      throws ExperimentException, CommandException, ResultsException, IOException {
    Experiment experiment = seeds.of(sweep.experiment());
    if (OwnProcess.isNeededToReport(epochs(experiment))) {
      return OwnProcess.run(spec);
    }
    SweepReport report = SweepReport.read(experiment, seeds, sweep.folder(experiment));
    if (report.isEmpty() && !report.lost().isEmpty()) {
      throw new CommandException(
          String.join("\n", report.lost())
              + "\nNo other run stored in "
              + sweep.folder(experiment).path()
              + " matches "
              + sweep.asGiven()
              + " as it is today, so there is nothing to report, and an older report stays."
              + " Damaged runs are done again by: run "
              + sweep.asGiven());
    }
    if (report.isEmpty()) {
      throw new CommandException(
          "No stored run in "
              + sweep.folder(experiment).path()
              + " matches "
              + sweep.asGiven()
              + " as it is today. First: run "
              + sweep.asGiven());
    }
    report.write(spec.commandLine().getOut());
    return ExitCode.DONE;
  }

  /** As many as there can be, if all runs are as long as the first. */
  private static long epochs(Experiment experiment) {
    return experiment
        .runs()
        .findFirst()
        .map(run -> experiment.size() * run.variant().training().epochs())
        .orElse(0L);
  }
}

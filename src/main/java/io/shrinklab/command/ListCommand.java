package io.shrinklab.command;

import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.spec.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code list}. */
@Command(
    name = "list",
    description = "The named sweeps under experiments/, one line of description each.")
final class ListCommand implements Callable<Integer> {
  private static final int LONGEST = 160;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description = "The folder of experiment files. Default: experiments")
  private Path experiments = Path.of("experiments");

  @Override
  public Integer call() throws ExperimentException {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> files = new ExperimentFolder(experiments).files();
    if (files.isEmpty()) {
      out.println("No experiment files in " + experiments.toAbsolutePath());
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("SWEEP", ">RUNS", "QUESTION");
    for (Path file : files) {
      String name = ExperimentFolder.name(file);
      try {
        Experiment experiment = ExperimentFile.read(file);
        String runs = Long.toString(experiment.size());
        table.row(name, runs, oneLine(experiment.description()));
      } catch (ExperimentException e) {
        int problems = e.problems().size();
        String count = problems == 1 ? "1 problem" : Math.max(1, problems) + " problems";
        table.row(name, "-", "cannot be run, " + count + "; see: plan " + name);
      }
    }
    table.print(out);
    return ExitCode.DONE;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }
}

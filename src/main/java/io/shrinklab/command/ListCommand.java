package io.shrinklab.command;

import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.spec.Experiment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** Characters of a row where nobody looks at a terminal, which has its own width. */
  private static final int ROW = 180;

  /** Of the column of runs, with the space round it. */
  private static final int RUNS = 10;

  /** However narrow the terminal is, so much of a question is told. */
  private static final int FEWEST = 24;

  /** Reads an experiment file. */
  interface Files {
    Experiment read(Path file) throws ExperimentException;
  }

  private final Files reader;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description = "The folder of experiment files. Default: experiments")
  private Path experiments = Path.of("experiments");

  ListCommand() {
    this(ExperimentFile::read);
  }

  /** With files of the test's making. */
  ListCommand(Files reader) {
    this.reader = reader;
  }

  @Override
  public Integer call() throws ExperimentException {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> files = new ExperimentFolder(experiments).files();
    if (files.isEmpty()) {
      out.println("No experiment files in " + experiments.toAbsolutePath());
      return ExitCode.DONE;
    }
    int names =
        files.stream().mapToInt(file -> ExperimentFolder.name(file).length()).max().orElse(0);
    int row = Terminals.OUTPUT.isTerminal() ? new TerminalWidth().getAsInt() : ROW;
    int room = Math.max(FEWEST, row - names - RUNS);
    TextTable table = new TextTable("SWEEP", ">RUNS", "QUESTION");
    List<String> broken = new ArrayList<>();
    int code = ExitCode.DONE;
    for (Path file : files) {
      String name = ExperimentFolder.name(file);
      try {
        Experiment experiment = reader.read(file);
        String runs = Long.toString(experiment.size());
        table.row(name, runs, oneLine(experiment.description(), room));
      } catch (ExperimentException e) {
        int problems = e.problems().size();
        table.row(name, "-", "cannot be run, " + e.count() + "; see: plan " + name);
        String why = problems == 0 ? e.getMessage() : file + ": " + e.problems().get(0);
        broken.add(problems > 1 ? why + " (the first of " + e.count() + ")" : why);
      } catch (RuntimeException | Error e) {
        // What one file does to the program must not hide the others.
        table.row(name, "-", "cannot be run; see: plan " + name);
        Shortage shortage = Shortage.in(e);
        broken.add(file + ": " + (shortage == null ? "Internal error: " + e : shortage.message()));
        code = Math.max(code, shortage == null ? ExitCode.INTERNAL : shortage.code());
      }
    }
    table.print(out);
    out.flush();
    broken.forEach(spec.commandLine().getErr()::println);
    return code;
  }

  private static String oneLine(String text, int room) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= room ? line : line.substring(0, room - 3) + "...";
  }
}

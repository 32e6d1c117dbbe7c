package io.shrinklab.command;

import io.shrinklab.spec.ShrinklabException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** All commands, and what becomes of their errors. */
@Command(
    name = "shrinklab",
    description = {
      "Which penalty, how strong, on which parameters, and does it really help? Runs the sweeps that"
          + " the files under experiments/ describe, and reports on them."
    },
    subcommands = {
      ListCommand.class,
      PlanCommand.class,
      RunCommand.class,
      RerunCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      SchemaCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"list\"",
      "  mvn -q compile exec:java -Dexec.args=\"plan lp-ablation\"",
      "  mvn -q compile exec:java -Dexec.args=\"run lp-ablation\"",
      "",
      "Exit codes: 0 done; 1 internal error, or a rerun that did not reproduce; 2 the command, the"
          + " experiment or a folder is wrong; 3 the sweep ended but some runs failed.",
    })
public final class CommandLineInterface implements Callable<Integer> {
  /** The option that shows stack traces and what the engine logs. */
  public static final String VERBOSE = "--verbose";

  private static final int WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show stack traces, and what the engine logs.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // The library looks at the option, not at the field.
  private boolean help;

  private CommandLineInterface() {}

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    return execute(CommandLine.defaultFactory(), out, err, args);
  }

  /** The same with commands of the test's making. */
  static int execute(
      CommandLine.IFactory commands, PrintWriter out, PrintWriter err, String... args) {
    CommandLineInterface root = new CommandLineInterface();
    CommandLine line = new CommandLine(root, commands);
    line.setOut(out)
        .setErr(err)
        .setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, new PathConverter())
        .setParameterExceptionHandler(CommandLineInterface::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> root.explain(e, command.getErr()));
    try {
      return line.execute(args);
    } catch (VirtualMachineError | LinkageError | AssertionError e) {
      // The library hands exceptions alone to its handlers. Whatever else is thrown as an error
      // means to end more than this command.
      return root.explain(e, err);
    }
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Which command? For instance: plan lp-ablation");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    String name = command.getParent() == null ? "" : command.getCommandName() + " ";
    err.println("Help: mvn -q compile exec:java -Dexec.args=\"" + name + "--help\"");
    return ExitCode.WRONG;
  }

  private int explain(Throwable e, PrintWriter err) {
    boolean expected = e instanceof ShrinklabException;
    Shortage shortage = expected ? null : Shortage.in(e);
    boolean explained = expected || shortage != null;
    String message = shortage == null ? e.getMessage() : shortage.message();
    err.println(explained ? message : "Internal error: " + e);
    if (verbose) {
      e.printStackTrace(err);
    } else if (!explained) {
      err.println("This is a mistake in the program; " + VERBOSE + " shows where.");
    }
    if (shortage != null) {
      return shortage.code();
    }
    return explained ? ExitCode.WRONG : ExitCode.INTERNAL;
  }
}

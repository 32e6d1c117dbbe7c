package io.shrinklab.command;

import io.shrinklab.spec.ShrinklabException;
import io.shrinklab.tensor.EngineStart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
      NewCommand.class,
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
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "No colours, which only a terminal has, and none where NO_COLOR is set.")
  private boolean plain;

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
    CommandLine line = program(commands);
    CommandLineInterface root = line.getCommand();
    TerminalWriter guardedOut = new TerminalWriter(out);
    PrintWriter guardedErr = new TerminalWriter(err);
    line.setOut(guardedOut)
        .setErr(guardedErr)
        .setExecutionStrategy(
            parsed -> {
              if (root.plain) {
                line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
              }
              guardedOut.setColoured(
                  !root.plain && Terminals.OUTPUT.isTerminal() && Ansi.AUTO.enabled());
              // Help is our own text throughout, and may be coloured.
              line.setOut(out);
              Integer help = CommandLine.executeHelpRequest(parsed);
              line.setOut(guardedOut);
              return help == null ? new CommandLine.RunLast().execute(parsed) : help;
            })
        .setUsageHelpWidth(WIDTH)
        .setParameterExceptionHandler(CommandLineInterface::wrongUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> root.explain(e, command));
    try {
      return line.execute(args);
    } catch (VirtualMachineError | LinkageError | AssertionError e) {
      // The library hands exceptions alone to its handlers. Whatever else is thrown as an error
      // means to end more than this command.
      return root.explain(e, line);
    }
  }

  /** What understands arguments, and does nothing yet. */
  static CommandLine program(CommandLine.IFactory commands) {
    return new CommandLine(new CommandLineInterface(), commands)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, new PathConverter());
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
    err.println("Help: " + started(name + "--help"));
    return ExitCode.WRONG;
  }

  /** What starts this program with such arguments: the archive's script, or else Maven. */
  private static String started(String arguments) {
    String program = System.getProperty("shrinklab.program");
    return program == null
        ? "mvn -q compile exec:java -Dexec.args=\"" + arguments + "\""
        : program + " " + arguments;
  }

  private int explain(Throwable e, CommandLine command) {
    PrintWriter err = command.getErr();
    boolean expected = e instanceof ShrinklabException || e instanceof EngineStart.Unusable;
    Shortage shortage = expected ? null : Shortage.in(e);
    boolean explained = expected || shortage != null;
    String message = shortage == null ? place(e, command) + e.getMessage() : shortage.message();
    if (expected) {
      // Its lines are its own: what it quotes has none.
      String.valueOf(message).lines().forEach(err::println);
    } else {
      err.println(explained ? message : "Internal error: " + e);
    }
    if (verbose) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      err.print(trace);
    } else if (!explained) {
      err.println("This is a mistake in the program; " + VERBOSE + " shows where.");
    }
    if (shortage != null) {
      return shortage.code();
    }
    return explained ? ExitCode.WRONG : ExitCode.INTERNAL;
  }

  /** Where a file asks for what is not there: its name, to be put before the message. */
  private static String place(Throwable e, CommandLine command) {
    return command.getMixins().values().stream()
        .filter(mixin -> mixin instanceof SweepArgument && e instanceof ShrinklabException)
        .map(sweep -> ((SweepArgument) sweep).place((ShrinklabException) e))
        .collect(Collectors.joining());
  }
}

package io.shrinklab.command;

import io.shrinklab.results.WritePoint;
import io.shrinklab.sweep.StandIns;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/**
 * The whole command line, but for the training: its workers compute nothing. Arguments of {@link
 * #main}: a folder for the workers' memory, milliseconds per epoch, and a command.
 */
public final class StandInCommand {
  private StandInCommand() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    String[] command = Arrays.copyOfRange(args, 2, args.length);
    System.exit(
        CommandLineInterface.execute(
            commands(Path.of(args[0]), WritePoint.PASS, "-Dtest.epochMillis=" + args[1]),
            out,
            err,
            command));
  }

  /**
   * A command in this process.
   *
   * @param memory a folder where the workers remember what is to happen once
   * @return the exit code
   */
  public static int execute(Path memory, PrintWriter out, PrintWriter err, String... command) {
    return CommandLineInterface.execute(commands(memory, WritePoint.PASS), out, err, command);
  }

  /** Makes every command as ever, and {@code run} with the stand-ins. */
  static CommandLine.IFactory commands(Path memory, WritePoint point, String... javaOptions) {
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        return type == RunCommand.class
            ? type.cast(
                new RunCommand(
                    options -> StandIns.sweep(options, memory, point, javaOptions), point))
            : CommandLine.defaultFactory().create(type);
      }
    };
  }
}

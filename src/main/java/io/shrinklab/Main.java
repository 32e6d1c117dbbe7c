package io.shrinklab;

import io.shrinklab.command.CommandLineInterface;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /**
   * Runs a command. Returns on success: under {@code exec:java} this is Maven's own virtual
   * machine, and Maven still has to end. Anything else ends the process with a code that fails the
   * build.
   */
  public static void main(String[] args) {
    // Before anything logs: what engines and libraries say is for those who ask.
    boolean verbose = Arrays.asList(args).contains(CommandLineInterface.VERBOSE);
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
    } else {
      // Not even loaded: the fewer classes, the sooner a plan is there.
      System.setProperty("slf4j.internal.verbosity", "WARN");
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = CommandLineInterface.execute(out, err, args);
    out.flush();
    err.flush();
    if (code != 0) {
      System.exit(code);
    }
  }
}

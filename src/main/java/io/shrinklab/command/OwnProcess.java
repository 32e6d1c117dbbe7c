package io.shrinklab.command;

import io.shrinklab.Main;
import io.shrinklab.spec.Experiment;
import io.shrinklab.sweep.ClassPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Hands a command that computes for long to a virtual machine of its own. Maven's is started with
 * the first compiler alone ({@code .mvn/jvm.config}), which nearly halves what commands of a few
 * seconds take, and makes loops several times slower.
 */
final class OwnProcess {
  /** Set where this virtual machine has the first compiler alone. */
  private static final String QUICK_START = "shrinklab.quickStart";

  /** Epochs to report on from which the second compiler gains more than it costs. */
  private static final long MANY_EPOCHS = 100_000;

  private OwnProcess() {}

  /** Whether training should not be done in this process. */
  static boolean isNeededToTrain() {
    return Boolean.getBoolean(QUICK_START);
  }

  /** Whether an experiment should not be reported on by this process. */
  static boolean isNeededToReport(Experiment experiment) {
    return Boolean.getBoolean(QUICK_START) && epochs(experiment) > MANY_EPOCHS;
  }

  /** As many as there can be, if all runs are as long as the first. */
  private static long epochs(Experiment experiment) {
    return experiment
        .runs()
        .findFirst()
        .map(run -> experiment.size() * run.variant().training().epochs())
        .orElse(0L);
  }

  /**
   * Does the present command there, with this process's input and output.
   *
   * @return its exit code
   */
  static int run(CommandSpec command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:+UseSerialGC");
    line.add(Main.class.getName());
    line.addAll(command.root().commandLine().getParseResult().originalArgs());
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    builder.environment().put("CLASSPATH", ClassPath.of(Main.class));
    Process process = builder.start();
    Thread killer = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(killer);
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new IOException("interrupted while the command ran", e);
    }
  }
}

package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, to be killed. */
final class CommandProcess {
  /** The exit code of a process that {@code kill -9} ended. */
  static final int KILLED = 137;

  private CommandProcess() {}

  /**
   * Starts one.
   *
   * @param before what stands before Java, {@code sh -c} say; empty for nothing
   * @param options of its virtual machine, and of its workers'
   * @param mainAndArguments a class and its arguments
   * @param said what all of them print is appended to this file
   */
  static Process start(
      List<String> before, String options, List<String> mainAndArguments, Path said)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(mainAndArguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
    // Starting is what costs here; the workers hear of it, too.
    builder
        .environment()
        .put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC " + options);
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    return builder.start();
  }

  /** Waits for its end, and gives its exit code. */
  static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  /** Its worker processes of now. */
  static List<ProcessHandle> workers(Process parent) {
    // Asking git for the commit is a child for a moment, too.
    return parent
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }
}

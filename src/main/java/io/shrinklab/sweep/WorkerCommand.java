package io.shrinklab.sweep;

import io.shrinklab.experiment.OwnClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How worker processes are started.
 *
 * @param mainClass the child's entry
 * @param options of the child's virtual machine, before the class
 * @param growth bytes by which a worker may grow over its first run before it is replaced
 */
record WorkerCommand(String mainClass, List<String> options, long growth) {
  /**
   * Lists of runs that one process trains at a time, where their networks allow it: it loads and
   * compiles once for all. More would be lost with it when it dies.
   */
  static final int THREADS = 4;

  /** A worker that has grown by this much over its first run leaks. */
  private static final long GROWTH = 1L << 30;

  WorkerCommand {
    options = List.copyOf(options);
  }

  /** Real workers, of which so many run at a time. */
  static WorkerCommand of(int workers) {
    return new WorkerCommand(
        Worker.class.getName(),
        List.of("-XX:MaxRAMPercentage=" + Math.max(5, 60 / workers)),
        Math.min(GROWTH, Memory.physical() / 4 / workers));
  }

  /**
   * Starts one.
   *
   * @param log where its standard error goes, appended
   */
  Process start(Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            // One thread each: results must not depend on the machine's cores, and two busy
            // engines with two threads each hinder one another.
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + CrashReport.path(log, "%p"),
            "-Djava.awt.headless=true",
            mainClass,
            // Who asked for the sweep was asked about its classes.
            OwnClasses.OPTION));
    ProcessBuilder builder = new ProcessBuilder(command);
    // In the environment and not among the arguments, where systems limit its length.
    builder.environment().put("CLASSPATH", ClassPath.of(WorkerCommand.class));
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("MKL_NUM_THREADS", "1");
    // Options meant for the parent, a debugger's port say, must not reach several children.
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("MAVEN_OPTS");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }
}

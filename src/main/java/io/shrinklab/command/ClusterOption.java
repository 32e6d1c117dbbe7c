package io.shrinklab.command;

import io.shrinklab.sweep.Cluster;
import io.shrinklab.sweep.Courier;
import io.shrinklab.sweep.SweepException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether runs are trained on other machines, and how what they need gets there. */
final class ClusterOption {
  private static final String WITHOUT =
      "--spark: this build is without Spark. docs/cluster.md has the command for one with it"
          + " (Maven's profile spark)";

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Train on the Apache Spark cluster at MASTER, for instance spark://host:7077, with a build"
              + " that has Spark (docs/cluster.md).")
  private @Nullable String master;

  @Option(
      names = "--ship-data",
      description =
          "With --spark: send the folder of --data-dir to every executor once. Default: each host"
              + " has its own at the same place.")
  private boolean ship;

  @Option(
      names = "--shared-results",
      description =
          "With --spark: every host sees the results folder at the same place, and stores runs there"
              + " itself. Default: they are sent to this process.")
  private boolean shared;

  /**
   * Connects to the cluster, where one was asked for; else null.
   *
   * @param notices hears of machines
   */
  @Nullable Courier connect(CommandSpec spec, DataOption data, Consumer<String> notices)
      throws SweepException, InterruptedException {
    if (master == null) {
      if (ship || shared) {
        throw wrong(spec, (ship ? "--ship-data" : "--shared-results") + ": needs --spark MASTER");
      }
      return null;
    }
    if (ship && data.directory() == null) {
      throw wrong(spec, "--ship-data: needs --data-dir, the folder to send");
    }
    try {
      return ServiceLoader.load(Cluster.class)
          .findFirst()
          .orElseThrow(() -> wrong(spec, WITHOUT))
          .connect(master, ship ? data.directory() : null, shared, notices);
    } catch (LinkageError | ServiceConfigurationError e) {
      // Its classes may lie about from a build that had the library, too.
      throw wrong(spec, WITHOUT);
    }
  }

  private static ParameterException wrong(CommandSpec spec, String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}

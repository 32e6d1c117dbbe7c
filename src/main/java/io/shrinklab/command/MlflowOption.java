package io.shrinklab.command;

import io.shrinklab.export.ExportException;
import io.shrinklab.export.ExportedSweep;
import io.shrinklab.export.MlflowExport;
import io.shrinklab.results.ResultsException;
import io.shrinklab.wording.Formats;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** An MLflow server, and where results are on it. */
final class MlflowOption {
  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description =
          "The address of an MLflow server. Each run gets parameters, metrics by epoch, tags and"
              + " files there; the sweep is their parent run, with the report.")
  private @Nullable String uri;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "With --mlflow: the experiment there. Default: the sweep's name.")
  private @Nullable String experiment;

  /** Whether there is one. */
  boolean isGiven() {
    return uri != null;
  }

  /** Its address; empty where there is none. */
  String uri() {
    return uri == null ? "" : uri;
  }

  /** MLflow's experiment for a sweep. */
  String experiment(String sweep) {
    return experiment == null ? sweep : experiment;
  }

  /**
   * An export there; null where no server is given.
   *
   * @throws ExportException when what is given is no address
   * @throws ParameterException when one option is given without the other
   */
  @Nullable MlflowExport export(
      CommandSpec command, boolean weights, MlflowExport.Listener listener) throws ExportException {
    if (experiment != null && uri == null) {
      throw new ParameterException(
          command.commandLine(), "--experiment: goes to MLflow; give --mlflow URI too");
    }
    if (experiment != null && experiment.isBlank()) {
      throw new ParameterException(
          command.commandLine(), "--experiment: found \"" + experiment + "\"; needs a name");
    }
    return uri == null ? null : MlflowExport.to(uri, System::getenv, weights, listener);
  }

  /** Sends what is missing there, and says so. */
  void send(MlflowExport server, ExportedSweep sweep, PrintWriter out)
      throws ExportException, ResultsException, InterruptedException {
    MlflowExport.Done done = server.send(sweep, experiment(sweep.name()));
    out.printf(
        "%s sent to MLflow, %s there before.%n", Formats.count(done.sent(), "run"), done.kept());
    if (!done.withoutFiles().isEmpty()) {
      out.printf(
          "Files were not sent, the report among them: the server keeps this experiment's at %s, where programs write"
              + " themselves. An experiment that is made while the server runs with --serve-artifacts and"
              + " without --default-artifact-root takes them: choose another --experiment then.%n",
          done.withoutFiles());
    }
    out.println("MLflow: " + done.page());
  }
}

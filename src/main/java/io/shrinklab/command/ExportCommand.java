package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.export.ExportException;
import io.shrinklab.export.ExportedSweep;
import io.shrinklab.export.MlflowExport;
import io.shrinklab.export.TensorBoardExport;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.Experiment;
import io.shrinklab.wording.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code export}. */
@Command(
    name = "export",
    description =
        "Hands the stored runs that match today's experiment file to MLflow or TensorBoard. What is"
            + " there already is left as it is. No training engine is loaded.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"export lp-ablation --mlflow http://127.0.0.1:5000\"",
      "  mvn -q compile exec:java -Dexec.args=\"export lp-ablation --tensorboard events\"",
      "",
      "Credentials for MLflow are read from the environment: MLFLOW_TRACKING_TOKEN, or"
          + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
    })
final class ExportCommand implements Callable<Integer> {
  /** Between two lines that say how far it is. */
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();

  @Mixin private MlflowOption mlflow = new MlflowOption();

  @Option(names = "--weights", description = "With --mlflow: the runs' final weights too.")
  private boolean weights;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description =
          "A folder for event files: scalars by epoch, histograms of weights, and the settings that"
              + " differ with the score, for its HParams page.")
  private @Nullable Path tensorBoard;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call()
      throws ExperimentException,
          CommandException,
          DataException,
          ResultsException,
          ExportException,
          IOException,
          InterruptedException {
    if (!mlflow.isGiven() && tensorBoard == null) {
      throw new ParameterException(
          spec.commandLine(), "Where to? --mlflow URI, --tensorboard DIR, or both");
    }
    if (!mlflow.isGiven() && weights) {
      throw new ParameterException(
          spec.commandLine(), "--weights: goes to MLflow; give --mlflow URI too");
    }
    PrintWriter out = spec.commandLine().getOut();
    MlflowExport server = mlflow.export(spec, weights, progress(out));
    Experiment written = sweep.experiment();
    if (OwnProcess.isNeededToReport(written)) {
      return OwnProcess.run(spec);
    }
    Experiment experiment = data.stored(written, sweep.folder(written), out);
    SweepReport report =
        SweepReport.read(experiment, SeedsConverter.Choice.OF_THE_FILE, sweep.folder(experiment));
    report.requireRuns(sweep.asGiven(), "export");
    report.lost().forEach(out::println);
    ExportedSweep exported = report.exported(server != null);
    if (tensorBoard != null) {
      toTensorBoard(exported, tensorBoard, out);
    }
    if (server != null) {
      mlflow.send(server, exported, out);
    }
    return ExitCode.DONE;
  }

  private static void toTensorBoard(ExportedSweep exported, Path folder, PrintWriter out)
      throws ExportException, ResultsException {
    TensorBoardExport.Done done = TensorBoardExport.write(exported, folder);
    out.printf(
        "%s written for TensorBoard, %s as before.%n",
        Formats.count(done.written(), "run"), done.kept());
    out.println("TensorBoard: tensorboard --logdir " + folder);
  }

  private static MlflowExport.Listener progress(PrintWriter out) {
    return new MlflowExport.Listener() {
      private long last;

      @Override
      public void at(int run, int of) {
        long now = System.nanoTime();
        if (run == 1) {
          last = now;
        } else if (now - last > INTERVAL && run < of) {
          last = now;
          out.println(run + " of " + of + " runs are there");
        }
      }
    };
  }
}

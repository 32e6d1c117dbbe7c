package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.Experiment;
import io.shrinklab.sweep.Sweep;
import io.shrinklab.sweep.SweepException;
import io.shrinklab.sweep.SweepOptions;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}. */
@Command(
    name = "run",
    description =
        "Run what is missing of a sweep, then report. After any interruption the same command goes"
            + " on where it stopped: finished runs are kept, nothing is trained twice. Runs that"
            + " failed before are tried again.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"run lp-ablation\"",
      "  mvn -q compile exec:java -Dexec.args=\"run lp-ablation --seeds 0..2 --only none\"",
      "  mvn -q compile exec:java -Dexec.args=\"run mnist-lp --data-dir ../datasets\"",
    })
final class RunCommand implements Callable<Integer> {
  private final Function<SweepOptions, Sweep> sweeps;
  private final WritePoint point;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();
  @Mixin private RunSelection selection = new RunSelection();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Worker processes, one thread each. Default: one per core.")
  private @Nullable Integer jobs;

  @Option(names = "--fail-fast", description = "Stop at the first run that fails.")
  private boolean failFast;

  RunCommand() {
    this(Sweep::new, WritePoint.PASS);
  }

  /** With workers and a disk of the test's choice. */
  RunCommand(Function<SweepOptions, Sweep> sweeps, WritePoint point) {
    this.sweeps = sweeps;
    this.point = point;
  }

  @Override
  public Integer call()
      throws ExperimentException,
          CommandException,
          DataException,
          ResultsException,
          SweepException,
          PenaltyException,
          InterruptedException {
    int workers = jobs == null ? SweepOptions.defaultJobs() : jobs;
    if (workers < 1) {
      throw new ParameterException(
          spec.commandLine(), "--jobs: found " + workers + "; needs a whole number of at least 1");
    }
    Experiment experiment = selection.withSeeds(sweep.experiment());
    Experiment chosen = selection.withVariants(experiment);
    LayerRules.check(chosen.variants());
    SweepOptions options =
        new SweepOptions(
            sweep.results(),
            data.directory(),
            workers,
            failFast ? OnFailure.END_SWEEP : OnFailure.GO_ON);
    PrintWriter out = spec.commandLine().getOut();
    SweepSummary summary = train(options, chosen);
    out.println(summary.text());
    // On the whole experiment: what other calls have stored belongs to the answer.
    SweepFolder folder = SweepFolder.open(sweep.results(), experiment.name(), point);
    SweepReport.read(experiment, folder).write(out);
    return summary.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILED_RUNS;
  }

  @SuppressWarnings("ClosingStandardOutputStreams") // Ends the display, not the stream.
  private SweepSummary train(SweepOptions options, Experiment experiment)
      throws DataException, ResultsException, SweepException, InterruptedException {
    try (SweepProgress progress = SweepProgress.to(System.err, experiment.name())) {
      return sweeps
          .apply(options)
          .run(experiment.name(), () -> experiment.runs().iterator(), progress);
    }
  }
}

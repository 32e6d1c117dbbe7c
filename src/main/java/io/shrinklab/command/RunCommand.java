package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.Seeds;
import io.shrinklab.export.ExportException;
import io.shrinklab.export.MlflowExport;
import io.shrinklab.export.MlflowFeed;
import io.shrinklab.network.NetworkException;
import io.shrinklab.network.Networks;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.Variant;
import io.shrinklab.sweep.Courier;
import io.shrinklab.sweep.Sweep;
import io.shrinklab.sweep.SweepException;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepOptions;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary;
import io.shrinklab.sweep.SweepSummary.Ending;
import io.shrinklab.wording.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
  /** Where nothing is said: so many times the seeds of the file. */
  private static final int TIMES = 8;

  private final Function<SweepOptions, Sweep> sweeps;
  private final WritePoint point;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();
  @Mixin private RunSelection selection = new RunSelection();
  @Mixin private DataOption data = new DataOption();
  @Mixin private OpenOption browser = new OpenOption();
  @Mixin private ClassesOption classes = new ClassesOption();
  @Mixin private MlflowOption mlflow = new MlflowOption();
  @Mixin private ClusterOption cluster = new ClusterOption();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Worker processes, one thread each. Default: one per core, of the cluster with --spark.")
  private @Nullable Integer jobs;

  @Option(names = "--fail-fast", description = "Stop at the first run that fails.")
  private boolean failFast;

  @Option(names = "--quiet", description = "No progress; failures and the answer are printed.")
  private boolean quiet;

  @Option(
      names = "--until-decided",
      description = {
        "Look after the file's seeds, after twice as many, four times as many and so on. A variant"
            + " that is better, worse or equivalent by then is trained no further. The error of"
            + " 5 %% holds over all looks."
      })
  private boolean untilDecided;

  @Option(
      names = "--max-seeds",
      paramLabel = "N",
      description = "With --until-decided: seeds at the last look. Default: 8 times the file's.")
  private @Nullable Integer maxSeeds;

  /** What draws now, if anything does. */
  private volatile @Nullable SweepProgress shown;

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
          NetworkException,
          ExportException,
          IOException,
          InterruptedException {
    if (jobs != null && jobs < 1) {
      throw new ParameterException(
          spec.commandLine(), "--jobs: found " + jobs + "; needs a whole number of at least 1");
    }
    MlflowExport server = mlflow.export(spec, false, (run, of) -> {});
    Experiment written = selection.withSeeds(sweep.experiment(classes));
    LayerRules.check(selection.withVariants(written).variants());
    Experiment experiment = data.today(written, folder(written), spec.commandLine().getOut());
    Experiment chosen = selection.withVariants(experiment);
    Networks.check(chosen.variants());
    PrintWriter out = spec.commandLine().getOut();
    try (Courier courier = cluster.connect(spec, data, this::notice)) {
      return run(courier, experiment, chosen, server, out);
    }
  }

  /** On this machine, where no courier goes to others. */
  private int run(
      @Nullable Courier courier,
      Experiment experiment,
      Experiment chosen,
      @Nullable MlflowExport server,
      PrintWriter out)
      throws DataException, ResultsException, SweepException, IOException, InterruptedException {
    int workers = courier == null ? SweepOptions.defaultJobs() : courier.cores();
    SweepOptions options =
        new SweepOptions(
            sweep.results(),
            data.directory(),
            jobs == null ? workers : jobs,
            failFast ? OnFailure.END_SWEEP : OnFailure.GO_ON);
    Sweep made = courier == null ? sweeps.apply(options) : new Sweep(options, courier);
    if (untilDecided) {
      return untilDecided(made, experiment, server, out);
    }
    if (maxSeeds != null) {
      throw new ParameterException(
          spec.commandLine(), "--max-seeds: says how far --until-decided goes; give that too");
    }
    KeptRuns kept = new KeptRuns();
    SweepSummary summary = train(made, chosen, server, experiment, kept);
    out.println(summary.text());
    // On the whole experiment: what other calls have stored belongs to the answer.
    SweepReport report =
        SweepReport.read(experiment, selection.seeds(), folder(experiment), kept.records());
    report.renew(out);
    catchUp(server, report, out);
    browser.show(report.page(), out);
    return summary.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILED_RUNS;
  }

  /** What is not on the server yet; without it training was not in vain. */
  private void catchUp(@Nullable MlflowExport server, SweepReport report, PrintWriter out)
      throws IOException, InterruptedException {
    if (server == null || report.records().isEmpty()) {
      return;
    }
    try {
      mlflow.send(server, report.exported(true), out);
    } catch (ExportException | ResultsException e) {
      out.println(e.getMessage());
      out.println(
          "Not all runs are on the MLflow server. When it is there: export "
              + sweep.asGiven()
              + " --mlflow "
              + mlflow.uri());
    }
  }

  private int untilDecided(
      Sweep made, Experiment experiment, @Nullable MlflowExport server, PrintWriter out)
      throws DataException, ResultsException, SweepException, IOException, InterruptedException {
    Looks looks = looks(experiment);
    SweepFolder folder = folder(experiment);
    Experiment extended = looks.extend(experiment);
    List<Variant> asked = experiment.variants();
    int code = ExitCode.DONE;
    for (int size : looks.sizes()) {
      KeptRuns kept = new KeptRuns();
      SweepSummary summary =
          train(
              made,
              extended.withSeeds(extended.seeds().subList(0, size)).withVariants(asked),
              server,
              // Later looks are taken when their runs are over, and not in between.
              size == looks.first() ? experiment : null,
              kept);
      code = summary.failed().isEmpty() ? code : ExitCode.FAILED_RUNS;
      out.println(size + " seeds: " + summary.text());
      if (size == looks.first()) {
        // Only beside runs: a sweep that could not begin leaves nothing.
        folder.publish(looks);
      }
      SweepReport report = SweepReport.read(experiment, selection.seeds(), folder, kept.records());
      Set<String> open = report.open();
      if (open.isEmpty() || size == looks.most() || summary.ending() != Ending.FINISHED) {
        report.renew(out);
        catchUp(server, report, out);
        browser.show(report.page(), out);
        break;
      }
      out.println(
          "%s of %s open, and trained with more seeds"
              .formatted(
                  open.size() == 1 ? "1 variant" : open.size() + " variants",
                  experiment.variants().size()));
      asked =
          experiment.variants().stream()
              .filter(variant -> open.contains(variant.name()) || experiment.isBaseline(variant))
              .toList();
      long over = report.records().size();
      long ahead = (long) asked.size() * (looks.after(size) - size);
      report.publish(LivePage.now(over, over + ahead));
    }
    return code;
  }

  private Looks looks(Experiment experiment) {
    int first = experiment.seeds().size();
    if (!selection.isAll()) {
      throw new ParameterException(
          spec.commandLine(),
          "--until-decided: decides itself which seeds and variants are trained; leave --seeds and"
              + " --only away");
    }
    if (first < Looks.FEWEST_SEEDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--until-decided: the experiment has %s; the first look needs at least %s seeds"
              .formatted(Formats.count(first, "seed"), Looks.FEWEST_SEEDS));
    }
    int most = maxSeeds == null ? TIMES * first : maxSeeds;
    if (most < first) {
      throw new ParameterException(
          spec.commandLine(),
          "--max-seeds: found %s; needs at least the %s seeds of the experiment, with which the first look is taken"
              .formatted(most, first));
    }
    if (most > Seeds.MOST) {
      throw new ParameterException(
          spec.commandLine(),
          "--max-seeds: found %s; needs at most %s".formatted(most, Seeds.MOST));
    }
    return Looks.doubling(first, most);
  }

  private SweepFolder folder(Experiment experiment) {
    return SweepFolder.open(sweep.results(), experiment.name(), point);
  }

  /** Renews the page of the whole experiment while runs are trained. */
  private LivePage live(Experiment experiment, Consumer<String> notes) {
    SweepFolder folder = folder(experiment);
    KeptRuns read = new KeptRuns();
    return new LivePage(
        live -> {
          SweepReport report =
              SweepReport.read(experiment, selection.seeds(), folder, read.records());
          report.publish(live);
          read.keep(report.records());
        },
        notes);
  }

  /**
   * Trains what is missing.
   *
   * @param whole whose page is renewed meanwhile; null for none
   * @param kept hears of runs that are complete from before
   */
  @SuppressWarnings("ClosingStandardOutputStreams") // Ends the display, not the stream.
  private SweepSummary train(
      Sweep made,
      Experiment experiment,
      @Nullable MlflowExport server,
      @Nullable Experiment whole,
      SweepListener kept)
      throws DataException, ResultsException, SweepException, InterruptedException {
    // Said now, and not after hours of training.
    folder(experiment).requirePublishable();
    String name = experiment.name();
    try (SweepProgress progress =
            quiet ? new QuietProgress(System.err, name) : SweepProgress.to(System.err, name);
        LivePage page = whole == null ? null : live(whole, progress::onNotice);
        MlflowFeed feed =
            server == null
                ? null
                : server.feed(folder(experiment), name, mlflow.experiment(name)).start()) {
      SweepListener listener = new BothListeners(progress, kept);
      if (page != null) {
        listener = new BothListeners(listener, page);
      }
      if (feed != null) {
        listener = new BothListeners(listener, new LiveMlflow(feed, progress::onNotice));
      }
      shown = progress;
      return made.run(name, () -> experiment.runs().iterator(), listener);
    } finally {
      shown = null;
    }
  }

  /** Machines have their say before a sweep, beside it and after it. */
  private void notice(String text) {
    SweepProgress now = shown;
    if (now == null) {
      spec.commandLine().getErr().println(text);
    } else {
      now.onNotice(text);
    }
  }
}

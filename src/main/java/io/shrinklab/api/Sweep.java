package io.shrinklab.api;

import io.shrinklab.command.SweepProgress;
import io.shrinklab.command.SweepReport;
import io.shrinklab.data.DataSets;
import io.shrinklab.network.Networks;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.ShrinklabException;
import io.shrinklab.sweep.DataNames;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepOptions;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All runs of an experiment: {@code Sweep.of(experiment).results(folder).jobs(2).run()}. Immutable;
 * each setting gives another sweep. None of them changes a number that is computed.
 */
@API(status = API.Status.STABLE)
public final class Sweep {
  private final Experiment experiment;
  private final SweepOptions options;
  private final @Nullable PrintStream progress;

  private Sweep(Experiment experiment, SweepOptions options, @Nullable PrintStream progress) {
    this.experiment = experiment;
    this.options = options;
    this.progress = progress;
  }

  /**
   * The sweep of an experiment: results in {@code results} under the working directory, a worker
   * process per core, data sets downloaded once, nothing printed.
   */
  public static Sweep of(Experiment experiment) {
    return new Sweep(
        experiment,
        new SweepOptions(Path.of("results"), null, SweepOptions.defaultJobs(), OnFailure.GO_ON),
        null);
  }

  /** With another folder of all sweeps' results, as {@code --results}. */
  public Sweep results(Path folder) {
    return with(
        new SweepOptions(folder, options.dataDirectory(), options.jobs(), options.onFailure()));
  }

  /** With a folder of data sets already downloaded, as {@code --data-dir}. */
  public Sweep dataDirectory(Path folder) {
    return with(new SweepOptions(options.results(), folder, options.jobs(), options.onFailure()));
  }

  /**
   * With so many worker processes of one thread each, as {@code --jobs}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Sweep jobs(int processes) {
    return with(
        new SweepOptions(
            options.results(), options.dataDirectory(), processes, options.onFailure()));
  }

  /** With what the command line shows while it trains: a bar on a terminal, lines elsewhere. */
  public Sweep progress(PrintStream out) {
    return new Sweep(experiment, options, out);
  }

  private Sweep with(SweepOptions other) {
    return new Sweep(experiment, other, progress);
  }

  /**
   * Trains what is missing, in processes of their own with this one's class path, and stores each
   * run as it ends. A run that fails is a {@link Run} with its reason. Whatever ends this, complete
   * runs stay, and the same call goes on from there.
   *
   * @return everything that is stored of the experiment now
   * @throws ShrinklabException when nothing can be trained: the data cannot be had, a class of
   *     one's own cannot be used, the folder is in use or cannot be written; the message says what
   *     to do
   * @throws InterruptedException when this thread is interrupted; the processes are gone
   */
  public Results run() throws ShrinklabException, InterruptedException {
    Networks.check(experiment.checked().variants());
    LayerRules.check(experiment.checked().variants());
    io.shrinklab.spec.Experiment named = named(DataNames::today);
    if (progress == null) {
      train(named, SweepListener.SILENT);
    } else {
      try (SweepProgress shown = SweepProgress.to(progress, named.name())) {
        train(named, shown);
      }
    }
    return results(named);
  }

  private void train(io.shrinklab.spec.Experiment named, SweepListener listener)
      throws ShrinklabException, InterruptedException {
    new io.shrinklab.sweep.Sweep(options)
        .run(named.name(), () -> named.runs().iterator(), listener);
  }

  /**
   * What is stored already, of data as they were when it was last run; trains nothing.
   *
   * @throws ShrinklabException when the folder cannot be read
   */
  public Results stored() throws ShrinklabException {
    return results(named(DataNames::stored));
  }

  /** With what its data hold in place of where they are: it decides a run. */
  private io.shrinklab.spec.Experiment named(BiFunction<DataSets, SweepFolder, DataNames> names)
      throws ShrinklabException {
    try (DataSets dataSets = new DataSets(options.dataDirectory())) {
      return names.apply(dataSets, folder()).of(experiment.checked());
    }
  }

  private Results results(io.shrinklab.spec.Experiment named) throws ShrinklabException {
    return new Results(SweepReport.read(named, folder()));
  }

  private SweepFolder folder() {
    return SweepFolder.open(options.results(), experiment.name());
  }
}

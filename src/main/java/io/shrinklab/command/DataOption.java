package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.sweep.DataNames;
import io.shrinklab.sweep.DataNames.Change;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds data sets, and how it names what they hold. */
final class DataOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "A folder with data sets already downloaded. Default: download, then cache.")
  private @Nullable Path directory;

  /** The folder; null to download. */
  @Nullable Path directory() {
    return directory;
  }

  /**
   * The experiment on data as they are here now.
   *
   * @param notes where to say which data changed since the sweep's last run
   */
  Experiment today(Experiment experiment, SweepFolder folder, PrintWriter notes)
      throws DataException, ResultsException {
    return named(experiment, folder, DataNames::today, ", which makes other runs.", notes);
  }

  /**
   * The experiment on data as they were when the sweep was last run.
   *
   * @param notes where to say which data changed since then
   */
  Experiment stored(Experiment experiment, SweepFolder folder, PrintWriter notes)
      throws DataException, ResultsException {
    return named(experiment, folder, DataNames::stored, ". This is about the runs of then.", notes);
  }

  private Experiment named(
      Experiment experiment,
      SweepFolder folder,
      BiFunction<DataSets, SweepFolder, DataNames> by,
      String consequence,
      PrintWriter notes)
      throws DataException, ResultsException {
    try (DataSets dataSets = new DataSets(directory)) {
      DataNames names = by.apply(dataSets, folder);
      Experiment named = names.of(experiment);
      for (Change change : names.changes()) {
        notes.println(said(change) + consequence);
      }
      return named;
    }
  }

  /** For people: {@code The data changed: t.csv was sha256:... at the last run and is ... now}. */
  static String said(Change change) {
    return "The data changed: %s was %s at the sweep's last run, and is %s now"
        .formatted(change.source(), Change.content(change.then()), Change.content(change.now()));
  }
}

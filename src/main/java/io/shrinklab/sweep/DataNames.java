package io.shrinklab.sweep;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names data by their content where the experiment does not, so that every command goes by the same
 * identities. A sweep's folder keeps the names that its last run went by; with them a report is
 * made where the data are not.
 */
public final class DataNames {
  private final DataSets dataSets;
  private final SweepFolder folder;
  private final boolean today;
  private final Map<DataSpec, DataSpec> names = new HashMap<>();
  private final Map<String, Change> changes = new LinkedHashMap<>();

  /** What the folder keeps; null before anything is asked that it could tell. */
  private @Nullable Map<String, String> recorded;

  /**
   * Data that are not what the sweep's last run went by.
   *
   * @param source which, as {@link DataSpec#source}
   * @param then the digest of then; empty for what a published set's authors published
   * @param now the digest of what is here now, likewise
   */
  public record Change(String source, String then, String now) {
    /** For people: the digest, or where there is none what that means. */
    public static String content(String checksum) {
      return checksum.isEmpty() ? "what its authors published" : checksum;
    }
  }

  private DataNames(DataSets dataSets, SweepFolder folder, boolean today) {
    this.dataSets = dataSets;
    this.folder = folder;
    this.today = today;
  }

  /** By what is here now, for whoever trains or plans to; where data are not here as recorded. */
  public static DataNames today(DataSets dataSets, SweepFolder folder) {
    return new DataNames(dataSets, folder, true);
  }

  /** By what the sweep's last run went by, for whoever reads results; else by what is here now. */
  public static DataNames stored(DataSets dataSets, SweepFolder folder) {
    return new DataNames(dataSets, folder, false);
  }

  /**
   * The same experiment, its data named.
   *
   * @throws DataException when data are here and cannot be read, and who asks would train on them
   * @throws ResultsException when what the folder keeps of data cannot be read
   */
  public Experiment of(Experiment experiment) throws DataException, ResultsException {
    DataSpec last = null;
    boolean any = false;
    for (Variant variant : experiment.variants()) {
      if (!variant.data().equals(last)) {
        last = variant.data();
        any |= of(last) != last;
      }
    }
    return any ? experiment.withData(data -> names.getOrDefault(data, data)) : experiment;
  }

  /** The same run, its data named. */
  public RunSpec of(RunSpec run) throws DataException, ResultsException {
    return new RunSpec(run.variant().withData(of(run.variant().data())), run.seed());
  }

  /** Data among those named so far that changed since the sweep's last run. */
  public List<Change> changes() {
    return List.copyOf(changes.values());
  }

  private DataSpec of(DataSpec spec) throws DataException, ResultsException {
    if (spec.source().isEmpty() || !spec.checksum().isEmpty()) {
      return spec;
    }
    DataSpec known = names.get(spec);
    if (known == null) {
      known = find(spec);
      names.put(spec, known);
    }
    return known;
  }

  private DataSpec find(DataSpec spec) throws DataException, ResultsException {
    if (recorded == null) {
      recorded = folder.data();
    }
    String then = recorded.get(spec.source());
    DataSpec here = here(spec);
    if (here != null && then != null && !then.equals(here.checksum())) {
      changes.put(spec.source(), new Change(spec.source(), then, here.checksum()));
    }
    if (here != null && (today || then == null)) {
      return here;
    }
    return then == null ? spec : spec.withChecksum(then);
  }

  private @Nullable DataSpec here(DataSpec spec) throws DataException {
    try {
      return dataSets.named(spec).orElse(null);
    } catch (DataException e) {
      if (today) {
        throw e;
      }
      // What was stored can be read whatever became of the data.
      return null;
    }
  }
}

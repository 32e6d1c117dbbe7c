package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.experiment.DataSpec;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Data sets by name. Each is read once and kept until {@link #close()}; every run gets parts of its
 * own from it.
 */
public final class DataSets implements AutoCloseable {
  private final @Nullable Path directory;

  /**
   * Makes one.
   *
   * @param directory a folder with data sets already downloaded; null to download through DJL's
   *     repository
   */
  public DataSets(@Nullable Path directory) {
    this.directory = directory;
  }

  /**
   * Makes sure that the set is on this machine, downloading it where that is allowed. Starts no
   * engine.
   *
   * @throws DataException when it cannot be had; the message says what to do
   */
  public void ensureAvailable(DataSpec spec) throws DataException {
    if (directory != null) {
      throw new DataException("lands with the data room: " + spec);
    }
  }

  /**
   * Parts a data set.
   *
   * @param spec which set, how many rows
   * @param seed the run's
   * @param manager owns the parts' arrays
   * @throws DataException when the set cannot be read
   */
  public DataSplit split(DataSpec spec, long seed, NDManager manager) throws DataException {
    ensureAvailable(spec);
    throw new DataException("lands with the data room: " + seed + manager.getName());
  }

  @Override
  public void close() {}
}

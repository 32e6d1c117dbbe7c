package io.shrinklab.sweep;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a sweep is run; nothing here changes a number that it computes.
 *
 * @param results the folder of all sweeps
 * @param dataDirectory a folder with data sets already downloaded; null to download
 * @param jobs worker processes, at least 1
 * @param failFast whether the first failed run ends the sweep
 */
public record SweepOptions(Path results, @Nullable Path dataDirectory, int jobs, boolean failFast) {

  /** Checks the number of jobs. */
  public SweepOptions {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: found " + jobs + ", must be at least 1");
    }
  }

  /** As many workers as there are cores: each computes with one thread. */
  public static int defaultJobs() {
    return Runtime.getRuntime().availableProcessors();
  }
}

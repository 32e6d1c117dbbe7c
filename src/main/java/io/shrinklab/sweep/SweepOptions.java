package io.shrinklab.sweep;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a sweep is run; nothing here changes a number that it computes.
 *
 * @param results the folder of all sweeps
 * @param dataDirectory a folder with data sets already downloaded; null to download
 * @param jobs worker processes, at least 1
 * @param onFailure what a failed run means to the others
 */
public record SweepOptions(
    Path results, @Nullable Path dataDirectory, int jobs, OnFailure onFailure) {

  /** What a failed run means to the others. */
  public enum OnFailure {
    /** Nothing. */
    GO_ON,
    /** They are not begun. */
    END_SWEEP
  }

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

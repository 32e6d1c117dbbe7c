package io.shrinklab.outcome;

import org.jspecify.annotations.Nullable;

/**
 * Where a run's numbers come from.
 *
 * @param dataSha256 of the data set
 * @param weightsSha256 of the final weights
 * @param metricsSha256 of the metrics, but for the columns that hold times
 * @param shrinklabVersion of this program
 * @param commit of the code, "unknown" where nobody knew
 * @param dirty whether the code had uncommitted changes; null where nobody knew
 * @param jdk vendor and version
 * @param djl version
 * @param libtorch version
 * @param os name, version, architecture
 * @param cpu the processor's name
 * @param threads that the engine computed with
 * @param startedAt ISO-8601 instant
 * @param endedAt ISO-8601 instant
 * @param seconds wall time
 */
public record Provenance(
    String dataSha256,
    String weightsSha256,
    String metricsSha256,
    String shrinklabVersion,
    String commit,
    @Nullable Boolean dirty,
    String jdk,
    String djl,
    String libtorch,
    String os,
    String cpu,
    int threads,
    String startedAt,
    String endedAt,
    double seconds) {

  /** Stands where something could not be found out. */
  public static final String UNKNOWN = "unknown";

  /** Of a commit that nobody knows nobody knows either whether there were changes. */
  public Provenance {
    dirty = UNKNOWN.equals(commit) ? null : dirty;
  }
}

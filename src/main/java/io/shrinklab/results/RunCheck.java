package io.shrinklab.results;

/**
 * What a look at a run's folder found, checksums included.
 *
 * @param state what is there
 * @param detail for DAMAGED which file and why; for FAILED the run's reason; else empty
 */
public record RunCheck(RunState state, String detail) {
  /** Whether a sweep has to train this run. */
  public boolean missing() {
    return state != RunState.COMPLETE;
  }
}

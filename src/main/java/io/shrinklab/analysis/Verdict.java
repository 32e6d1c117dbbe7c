package io.shrinklab.analysis;

/** What can be said of a variant, in the order in which the answer says it. */
public enum Verdict {
  /** What the others are compared with. */
  BASELINE("baseline"),
  /** Validation score above the baseline's by more than luck. */
  BETTER("better"),
  /** Validation score below the baseline's by more than luck, training score not throughout. */
  WORSE("worse"),
  /** Validation and training score both below the baseline's, at the best and the last epoch. */
  UNDERFITS("underfits"),
  /** The difference may be luck. Not a proof that there is none: see the detectable difference. */
  NO_DIFFERENCE_SHOWN("no difference shown"),
  /** Some runs diverged: the others are a chosen sample, so it is not called better. */
  UNSTABLE("unstable"),
  /** Every run that was tried diverged or failed. */
  ALL_FAILED("all failed"),
  /** Fewer pairs of runs than {@link Rule#PAIRS}. */
  TOO_FEW_SEEDS("too few seeds"),
  /** No completed run to compare with. */
  NO_BASELINE("no baseline"),
  /** No run was tried yet. */
  NOT_RUN("not run");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** For people: {@code no difference shown}. */
  public String label() {
    return label;
  }
}

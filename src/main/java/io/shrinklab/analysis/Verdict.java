package io.shrinklab.analysis;

/** What can be said of a variant, in the order in which the answer says it. */
public enum Verdict {
  /** What the others are compared with. */
  BASELINE("baseline"),
  /** Better than the baseline by more than luck. */
  BETTER("better"),
  /** Worse than the baseline by more than luck; a {@link Reason} says in which way. */
  WORSE("worse"),
  /** Any difference is smaller than the margin, by the whole interval. */
  EQUIVALENT("equivalent"),
  /** The difference may be luck. Not a proof that there is none: see the interval. */
  NO_DIFFERENCE_SHOWN("no difference shown"),
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

  /** Whether further seeds would not change it. */
  public boolean settled() {
    return this == BETTER || this == WORSE || this == EQUIVALENT;
  }
}

package io.shrinklab.analysis;

/** The epoch at which runs are looked at. */
public enum Moment {
  /** The epoch that each run's validation score chose: for someone who may stop early. */
  BEST_EPOCH("best epoch"),
  /** The last epoch: for someone who trains to the end. */
  LAST_EPOCH("last epoch");

  private final String label;

  Moment(String label) {
    this.label = label;
  }

  /** For people: {@code best epoch}. */
  public String label() {
    return label;
  }
}

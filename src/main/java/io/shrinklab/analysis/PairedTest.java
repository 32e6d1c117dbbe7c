package io.shrinklab.analysis;

/** How the standard error of a mean paired difference was made. */
public enum PairedTest {
  /** One split for all seeds: s * sqrt(1 / n). Holds for that split. */
  PAIRED_T("paired t"),
  /**
   * Every seed draws its own split, so splits overlap: s * sqrt(1 / n + ratio), Nadeau and Bengio
   * 2003.
   */
  NADEAU_BENGIO("corrected resampled t (Nadeau-Bengio)");

  private final String label;

  PairedTest(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }
}

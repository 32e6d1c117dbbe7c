package io.shrinklab.analysis;

/** In which way a variant is worse; the first that holds. */
public enum Reason {
  /** It ends at chance level: {@link Rule#COLLAPSE}. */
  COLLAPSED("collapsed"),
  /** Its training score is worse too, by the same rule. */
  UNDERFITS("underfits"),
  /** Some of its runs diverged; the others are a chosen sample. */
  UNSTABLE("unstable"),
  /** By the end of training its validation loss has risen: {@link Overfitting}. */
  OVERFITS("overfits");

  private final String label;

  Reason(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }
}

package io.shrinklab.data;

/** What is predicted; decides the loss and the score. Every score is larger the better. */
public enum Task {
  /** One class per row: softmax cross-entropy, accuracy. Labels are int64 [n]. */
  SINGLE_LABEL("accuracy"),
  /**
   * Any number of classes per row: sigmoid cross-entropy, macro AUROC. Labels are float32 [n,
   * classes].
   */
  MULTI_LABEL("macro AUROC"),
  /** A number per row: squared error, R2. Labels are float32 [n, 1]. */
  REGRESSION("R2");

  private final String scoreName;

  Task(String scoreName) {
    this.scoreName = scoreName;
  }

  /** The score's name for people. */
  public String scoreName() {
    return scoreName;
  }
}

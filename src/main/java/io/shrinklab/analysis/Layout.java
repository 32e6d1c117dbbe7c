package io.shrinklab.analysis;

/** How the parts of different seeds are drawn, and so for which rows an answer holds. */
public enum Layout {
  /** All seeds see the same rows. The answer holds for these rows. */
  ONE_SPLIT(false, false),
  /** Each seed draws its training and validation rows, disjoint, from one pool. */
  ONE_POOL(true, true),
  /** Each seed draws its training rows from one pool and its validation rows from another. */
  OWN_VALIDATION_POOL(true, true),
  /** Each seed draws its training rows; the validation rows are the same for all seeds. */
  SAME_VALIDATION_ROWS(true, false),
  /** Each seed draws its validation rows; the training rows are the same for all seeds. */
  SAME_TRAINING_ROWS(false, true);

  private final boolean beyondTraining;
  private final boolean beyondValidation;

  Layout(boolean beyondTraining, boolean beyondValidation) {
    this.beyondTraining = beyondTraining;
    this.beyondValidation = beyondValidation;
  }

  /** Whether the answer holds for training rows beyond those of the pool. */
  public boolean beyondTraining() {
    return beyondTraining;
  }

  /** Whether the answer holds for validation rows beyond those of the pool. */
  public boolean beyondValidation() {
    return beyondValidation;
  }
}

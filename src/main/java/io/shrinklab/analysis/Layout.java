package io.shrinklab.analysis;

/** How the parts of different seeds are drawn, and so for which rows an answer holds. */
public enum Layout {
  /** All seeds see the same rows. The answer holds for these rows. */
  ONE_SPLIT(false),
  /** Each seed draws rows of its own, which no other seed sees. */
  OWN_ROWS(true),
  /** Each seed draws its training and validation rows, disjoint, from one pool. */
  ONE_POOL(true),
  /** Each seed draws its training rows from one pool and its validation rows from another. */
  OWN_VALIDATION_POOL(true),
  /** Each seed draws its training rows; the validation rows are the same for all seeds. */
  SAME_VALIDATION_ROWS(true),
  /** Each seed draws its validation rows; the training rows are the same for all seeds. */
  SAME_TRAINING_ROWS(false);

  private final boolean drawsTraining;

  Layout(boolean drawsTraining) {
    this.drawsTraining = drawsTraining;
  }

  /** Whether each seed draws its training rows. */
  boolean drawsTraining() {
    return drawsTraining;
  }
}

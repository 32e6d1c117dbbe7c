package io.shrinklab.training;

/**
 * A part in evaluation mode.
 *
 * @param loss the mean data loss over its rows, without penalty and label smoothing; NaN without
 *     rows
 * @param score the task's, larger is better; NaN without rows
 */
record Evaluation(double loss, double score) {
  /** Whether loss and score are numbers that can be compared. */
  boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(score);
  }
}

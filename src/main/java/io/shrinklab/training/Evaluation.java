package io.shrinklab.training;

/**
 * A part in evaluation mode.
 *
 * @param loss the mean data loss over its rows, without penalty and label smoothing; NaN without
 *     rows
 * @param score the task's, larger is better; NaN without rows
 * @param accuracy the share of right decisions, where the score is another measure of the same
 *     predictions; NaN where there is none, and without rows
 */
record Evaluation(double loss, double score, double accuracy) {
  /** Without an accuracy beside the score. */
  Evaluation(double loss, double score) {
    this(loss, score, Double.NaN);
  }
}

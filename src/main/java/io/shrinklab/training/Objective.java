package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.data.Task;

/**
 * What a task minimizes, and the score that people read. Outputs are those of K networks for the
 * same n rows, [K, outputs, n]: logits or predictions. The slope is written out and not
 * differentiated by the engine, and sums go row by row, so that no network's numbers depend on the
 * others.
 */
sealed interface Objective permits SingleLabelObjective, MultiLabelObjective, RegressionObjective {

  /**
   * The gradient of each network's mean data loss by its outputs.
   *
   * @param outputs [K, outputs, n]
   * @param labels as {@link Task} says
   * @param losses filled with each network's loss, [K]
   * @return [K, outputs, n]
   */
  NDArray slope(NDArray outputs, NDArray labels, double[] losses);

  /** A fresh sum for evaluating one part. */
  Tally tally();

  /** Gathers a part's loss and score, chunk by chunk. */
  interface Tally {
    /** Adds a chunk's outputs, [1, outputs, n], in evaluation mode. */
    void add(NDArray outputs, NDArray labels);

    /** Loss and score over all rows added. */
    Evaluation result();
  }

  /** The objective of a task. */
  static Objective of(Task task, double labelSmoothing) {
    return switch (task) {
      case SINGLE_LABEL -> new SingleLabelObjective(labelSmoothing);
      case REGRESSION -> new RegressionObjective();
      case MULTI_LABEL -> new MultiLabelObjective(labelSmoothing);
    };
  }
}

package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.data.Task;

/** What a task minimizes, and the score that people read. */
sealed interface Objective permits SingleLabelObjective, MultiLabelObjective, RegressionObjective {

  /**
   * The mean data loss of a batch, as a scalar that can be differentiated.
   *
   * @param output the network's, [n, outputs]
   * @param labels as {@link Task} says
   */
  NDArray loss(NDArray output, NDArray labels);

  /** A fresh sum for evaluating one part. */
  Tally tally();

  /** Gathers a part's loss and score, chunk by chunk. */
  interface Tally {
    /** Adds a chunk, in evaluation mode. */
    void add(NDArray output, NDArray labels);

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

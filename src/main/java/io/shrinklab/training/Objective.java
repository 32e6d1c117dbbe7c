package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
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

  /**
   * A constant times an array, safe to differentiate. {@code array.mul(number)} is not: it hands
   * the engine a scalar in a Java buffer that nobody refers to after the call, while the engine
   * keeps the address for the backward pass. A garbage collection in between frees it, and the
   * gradient is multiplied by whatever the memory holds by then.
   */
  static NDArray scaled(NDArray array, double factor) {
    return array.mul(array.getManager().full(new Shape(), (float) factor));
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

package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Networks of one kind that train side by side on the same rows; one, where they cannot be stacked.
 */
public interface Stack {
  /** How many networks, K. */
  int members();

  /** All parameters of one of them, in the order of {@link Networks#parameters}. */
  List<NamedParameter> parameters(int member);

  /**
   * One forward and backward pass of training.
   *
   * @param rows [n, ...]
   * @param losses from the output [K, n, outputs] to each network's mean loss [K]
   * @return the losses
   */
  double[] backward(NDArray rows, UnaryOperator<NDArray> losses);

  /** Of the last pass: one per parameter that is trained, valid until the next pass. */
  List<FloatBuffer> gradients(int member);

  /**
   * One network in evaluation mode.
   *
   * @param rows [n, ...]
   * @return [n, outputs]
   */
  NDArray evaluate(int member, NDArray rows);
}

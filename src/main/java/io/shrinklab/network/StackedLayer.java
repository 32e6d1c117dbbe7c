package io.shrinklab.network;

import ai.djl.ndarray.NDArray;

/**
 * One layer of K networks at once. Values of a layer are [K, width, n]: for each network and each
 * of its units a row of n numbers, one per row of data, so that what is said of a unit (its bias,
 * its scale, whether it is dropped) holds for a run of neighbouring numbers.
 */
interface StackedLayer {

  /**
   * The layer in training mode; keeps what {@link #backward} needs.
   *
   * @param input [K, in, n]; not kept beyond the step, and not used by others any more
   * @param n rows of data
   * @param step of the run, counted from 0
   * @return [K, out, n]
   */
  NDArray forward(NDArray input, int n, long step);

  /**
   * The gradient of the loss by the input of the last {@link #forward}; keeps that by the
   * parameters.
   *
   * @param gradient by the output, [K, out, n]; may be changed
   * @param wanted whether anything is asked of the input's gradient
   * @return [K, in, n]; unspecified where it is not wanted
   */
  NDArray backward(NDArray gradient, int n, boolean wanted);

  /** The layer in evaluation mode; the input may be changed. */
  NDArray evaluate(NDArray input, int n);
}

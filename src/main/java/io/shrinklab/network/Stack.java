package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import io.shrinklab.tensor.Tensor;
import java.util.List;

/**
 * Networks of one kind that train on the same rows and begin with the same weights. What comes out
 * for one of them is, bit for bit, what comes out for it alone.
 */
public interface Stack {
  /** What is minimized. */
  @FunctionalInterface
  interface Slope {
    /**
     * The gradient of each network's loss by its outputs.
     *
     * @param outputs [K, outputs, n]
     * @param losses filled with the losses, [K]
     * @return [K, outputs, n]
     */
    NDArray of(NDArray outputs, double[] losses);
  }

  /** Hears what a backward pass found. */
  @FunctionalInterface
  interface Found {
    /**
     * One network's share.
     *
     * @param gradients of the loss by the parameters that are trained, in their order; valid during
     *     the call
     */
    void take(int member, double loss, List<Tensor> gradients);
  }

  /** All parameters of one of them, in the order of {@link Networks#parameters}. */
  List<NamedParameter> parameters(int member);

  /**
   * One forward and backward pass of training.
   *
   * @param members which of them, ascending
   * @param rows [n, ...]; the same array with every use of the same memory
   * @param step of the run, counted from 0; what is random in a pass depends on it and on the seed
   */
  void backward(List<Integer> members, NDArray rows, long step, Slope slope, Found found);

  /**
   * One network in evaluation mode.
   *
   * @param rows [n, ...]; the same array with every use of the same memory
   * @return [1, outputs, n]
   */
  NDArray evaluate(int member, NDArray rows);
}

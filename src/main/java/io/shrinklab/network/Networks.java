package io.shrinklab.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.shrinklab.experiment.NetworkSpec;
import java.util.SplittableRandom;

/** Networks by name. */
public final class Networks {
  private Networks() {}

  /**
   * Builds a network and draws its initial weights.
   *
   * @param spec which network
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output: [batch, outputs], logits or predictions, no soft-max
   * @param random the run's stream of initial weights
   * @param manager owns the parameters
   * @return an initialized block of float32 parameters
   */
  public static Block create(
      NetworkSpec spec, Shape features, int outputs, SplittableRandom random, NDManager manager) {
    if (outputs < 0) {
      throw new IllegalArgumentException();
    }
    throw new UnsupportedOperationException("lands with the network room");
  }
}

package io.shrinklab.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.apiguardian.api.API;

/**
 * A network of the user's own, named in the experiment file as {@code {"kind": "custom",
 * "className": ...}}. The class needs a public constructor without parameters.
 */
@API(status = API.Status.STABLE)
@FunctionalInterface
public interface NetworkDefinition {
  /**
   * Builds the network, without initializing it: initial weights are drawn by the harness from the
   * run's seed. Layers that draw random numbers of their own, other than DJL's dropout, would make
   * runs differ.
   *
   * @param features shape of one row, without the batch axis: [columns] for tables, [channels,
   *     height, width] for images
   * @param outputs width of the output
   * @return a block from [batch, features...] to [batch, outputs]: logits or predictions, no
   *     soft-max
   */
  Block define(Shape features, int outputs);
}

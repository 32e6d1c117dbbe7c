package io.shrinklab.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.shrinklab.tensor.Tensor;

/**
 * A parameter and where it belongs.
 *
 * @param name unique in the network, the same in every run: {@code dense1.weight}
 * @param parameter the engine's
 * @param owner the block that it is a direct parameter of; tells a dense layer's weight from an
 *     embedding's
 */
public record NamedParameter(String name, Parameter parameter, Block owner) {
  /** Its memory; it must have its values. */
  public Tensor tensor() {
    return Tensor.of(parameter.getArray());
  }
}

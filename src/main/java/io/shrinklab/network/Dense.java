package io.shrinklab.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import io.shrinklab.spec.NetworkSpec;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A network of dense layers; a row of any shape is flattened first.
 *
 * @param layers by the width of the output
 */
record Dense(IntFunction<List<DenseLayer>> layers) implements NetworkDefinition {

  @Override
  public Block define(Shape features, int outputs) {
    Layers block = new Layers().add("flatten", Blocks.batchFlattenBlock());
    int number = 1;
    for (DenseLayer layer : layers.apply(outputs)) {
      block.add(
          layer.name(), Linear.builder().setUnits(layer.width()).optBias(layer.bias()).build());
      if (layer.norm() != null) {
        block.add(layer.norm(), BatchNorm.builder().build());
      }
      if (layer.activation() != null) {
        block.add("activation" + number, activation(layer.activation()));
      }
      if (layer.dropout() > 0) {
        block.add("dropout" + number, dropout(layer.dropout()));
      }
      number++;
    }
    return block;
  }

  /** The non-linearity as a block. */
  static Block activation(NetworkSpec.Activation activation) {
    return switch (activation) {
      case RELU -> Activation.reluBlock();
      case TANH -> Activation.tanhBlock();
      case SIGMOID -> Activation.sigmoidBlock();
      case GELU -> Activation.geluBlock();
    };
  }

  /** An affine map with a bias. */
  static Block affine(int width) {
    return Linear.builder().setUnits(width).build();
  }

  /** Dropout, which draws from the engine's generator. */
  static Block dropout(double rate) {
    return Dropout.builder().optRate((float) rate).build();
  }
}

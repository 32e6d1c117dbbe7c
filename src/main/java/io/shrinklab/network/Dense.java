package io.shrinklab.network;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import io.shrinklab.spec.NetworkSpec;

/** Networks of dense layers; a row of any shape is flattened first. */
final class Dense {
  private Dense() {}

  /** One affine map, named output. */
  static Block linear(NetworkSpec.Linear spec, int outputs) {
    return new Layers()
        .add("flatten", Blocks.batchFlattenBlock())
        .add("output", Linear.builder().setUnits(outputs).optBias(spec.bias()).build());
  }

  /** Hidden layers dense1, dense2, ..., with norm1, norm2, ... where asked, then output. */
  static Block multiLayer(NetworkSpec.Mlp spec, int outputs) {
    Layers layers = new Layers().add("flatten", Blocks.batchFlattenBlock());
    int number = 1;
    for (int width : spec.hidden()) {
      layers.add("dense" + number, affine(width));
      if (spec.batchNorm()) {
        layers.add("norm" + number, BatchNorm.builder().build());
      }
      layers.add("activation" + number, activation(spec.activation()));
      if (spec.dropout() > 0) {
        layers.add("dropout" + number, Dropout.builder().optRate((float) spec.dropout()).build());
      }
      number++;
    }
    return layers.add("output", affine(outputs));
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
}

package io.shrinklab.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.shrinklab.spec.NetworkSpec;

/** Residual networks (He et al. 2016, arXiv 1512.03385) for small images. */
final class Residual {
  private static final int[] SMALL = {16, 32, 64};
  private static final int[] RESNET18 = {64, 128, 256, 512};
  private static final int RESNET18_BLOCKS = 2;

  private Residual() {}

  /**
   * A 3 x 3 stem, stages of residual blocks (each stage but the first halves the image), global
   * average pooling, and an affine map: section 4.2 of the paper for the small kind; for resnet18
   * table 1, with the small stem in place of the 7 x 7 one, which would leave nothing of 28 pixels.
   */
  static Block network(NetworkSpec.ResNet spec, Shape features, int outputs) {
    Convolutional.requireImages("resnet", features);
    boolean small = spec.size() == NetworkSpec.ResNet.Size.SMALL;
    int[] stages = small ? SMALL : RESNET18;
    int blocks = small ? spec.blocks() : RESNET18_BLOCKS;
    Layers layers =
        new Layers()
            .add("conv", Convolutional.convolution(stages[0], 3, 1))
            .add("norm", BatchNorm.builder().build())
            .add("activation", Activation.reluBlock());
    int channels = stages[0];
    for (int stage = 0; stage < stages.length; stage++) {
      for (int block = 0; block < blocks; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        layers.add(
            "stage" + (stage + 1) + "block" + (block + 1),
            new ResidualBlock(channels, stages[stage], stride));
        channels = stages[stage];
      }
    }
    return layers.add("pool", Pool.globalAvgPool2dBlock()).add("output", Dense.affine(outputs));
  }
}

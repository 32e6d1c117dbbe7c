package io.shrinklab.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.shrinklab.spec.NetworkSpec;

/** Networks of convolutions, for images [channels, height, width]. */
final class Convolutional {
  private Convolutional() {}

  /**
   * A network of LeNet's kind (LeCun et al. 1998): conv1, norm1 where asked, then max pooling, and
   * so on; dense layers as in {@link Dense}, numbered on.
   */
  static Block lenet(NetworkSpec.Cnn spec, Shape features, int outputs) {
    requireImages("cnn", features);
    Layers layers = new Layers();
    int number = 1;
    long side = Math.min(features.get(1), features.get(2));
    for (int channels : spec.channels()) {
      layers.add(
          "conv" + number, square(channels, spec.kernel(), 1).optBias(!spec.batchNorm()).build());
      if (spec.batchNorm()) {
        layers.add("norm" + number, BatchNorm.builder().build());
      }
      layers.add("activation" + number, Dense.activation(spec.activation()));
      if (side >= 2) {
        layers.add("pool" + number, Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
      }
      side /= 2;
      number++;
    }
    layers.add("flatten", Blocks.batchFlattenBlock());
    for (int width : spec.hidden()) {
      layers.add("dense" + number, Dense.affine(width));
      if (spec.batchNorm()) {
        layers.add("norm" + number, BatchNorm.builder().build());
      }
      layers.add("activation" + number, Dense.activation(spec.activation()));
      if (spec.dropout() > 0) {
        layers.add("dropout" + number, Dense.dropout(spec.dropout()));
      }
      number++;
    }
    return layers.add("output", Dense.affine(outputs));
  }

  /**
   * A square convolution that keeps the size at stride 1 and halves it at stride 2; without a bias,
   * since normalization after it would take that out again.
   */
  static Block convolution(int channels, int kernel, int stride) {
    return square(channels, kernel, stride).optBias(false).build();
  }

  private static Conv2d.Builder square(int channels, int kernel, int stride) {
    int padding = kernel / 2;
    return Conv2d.builder()
        .setFilters(channels)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(padding, padding));
  }

  /** Refuses rows that are no images. */
  static void requireImages(String kind, Shape features) {
    if (features.dimension() != 3) {
      throw new IllegalArgumentException(
          "network.kind: found "
              + kind
              + ", which needs images [channels, height, width]; the data's rows have the shape "
              + features
              + "; take linear or mlp for tables");
    }
  }
}

package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * Two 3 x 3 convolutions and a way around them (He et al. 2016, figure 2): relu(norm2(conv2(relu(
 * norm1(conv1(x))))) + shortcut(x)). The way around is the identity, or a 1 x 1 convolution with
 * normalization where size or channels change.
 */
final class ResidualBlock extends AbstractBlock {
  private final Block residual;
  private final @Nullable Block shortcut;

  /**
   * Makes one.
   *
   * @param inputs channels of the input
   * @param channels of the output
   * @param stride 1, or 2 to halve the image
   */
  ResidualBlock(int inputs, int channels, int stride) {
    residual =
        addChildBlock(
            "residual",
            new Layers()
                .add("conv1", Convolutional.convolution(channels, 3, stride))
                .add("norm1", BatchNorm.builder().build())
                .add("activation1", Activation.reluBlock())
                .add("conv2", Convolutional.convolution(channels, 3, 1))
                .add("norm2", BatchNorm.builder().build()));
    shortcut =
        stride == 1 && inputs == channels
            ? null
            : addChildBlock(
                "shortcut",
                new Layers()
                    .add("conv", Convolutional.convolution(channels, 1, stride))
                    .add("norm", BatchNorm.builder().build()));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray changed = residual.forward(parameterStore, inputs, training).singletonOrThrow();
    NDArray kept =
        shortcut == null
            ? inputs.singletonOrThrow()
            : shortcut.forward(parameterStore, inputs, training).singletonOrThrow();
    NDArray sum = changed.add(kept);
    NDArray result = Activation.relu(sum);
    if (!training) {
      // As in Layers: an evaluation needs none of them any more. The input is the caller's.
      changed.close();
      sum.close();
      if (shortcut != null) {
        kept.close();
      }
    }
    return new NDList(result);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    for (Block child : children.values()) {
      child.initialize(manager, dataType, inputShapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return residual.getOutputShapes(inputShapes);
  }
}

package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.NetworkSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class ConvolutionalTest {
  private static final NetworkSpec LENET =
      new NetworkSpec.Cnn(
          List.of(6, 16), 5, List.of(120, 84), NetworkSpec.Activation.RELU, 0.1, false);
  private static final NetworkSpec NORMALIZED_LENET =
      new NetworkSpec.Cnn(
          List.of(6, 16), 5, List.of(120, 84), NetworkSpec.Activation.RELU, 0.1, true);

  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  private Block create(NetworkSpec spec, Shape features, int outputs) {
    return Networks.create(spec, features, outputs, new SplittableRandom(1), manager);
  }

  private Shape output(Block block, Shape features) {
    return block
        .forward(new ParameterStore(manager, false), new NDList(manager.ones(features)), false)
        .head()
        .getShape();
  }

  private static long trained(Block block) {
    return Networks.parameters(block).stream()
        .filter(named -> named.parameter().requiresGradient())
        .mapToLong(named -> named.parameter().getShape().size())
        .sum();
  }

  /** 6 (25 + 1) + 16 (150 + 1) + 120 (784 + 1) + 84 (120 + 1) + 10 (84 + 1) = 107,786. */
  @Test
  void theCnnHasTheLayersOfLenet() {
    Block block = create(LENET, new Shape(1, 28, 28), 10);
    assertThat(Networks.parameters(block))
        .extracting(named -> named.name() + named.parameter().getShape())
        .containsExactly(
            "conv1.weight(6, 1, 5, 5)",
            "conv1.bias(6)",
            "conv2.weight(16, 6, 5, 5)",
            "conv2.bias(16)",
            "dense3.weight(120, 784)",
            "dense3.bias(120)",
            "dense4.weight(84, 120)",
            "dense4.bias(84)",
            "output.weight(10, 84)",
            "output.bias(10)");
    assertThat(trained(block)).isEqualTo(107_786);
    assertThat(output(block, new Shape(3, 1, 28, 28))).isEqualTo(new Shape(3, 10));
  }

  /** Glorot and Bengio 2010: fan-in 6 * 25, fan-out 16 * 25, uniform in +-sqrt(6/550). */
  @Test
  void convolutionsStartWithinGlorotsBound() {
    Block block = create(LENET, new Shape(1, 28, 28), 10);
    float bound = (float) Math.sqrt(6 / 550.0);
    float largest = 0;
    for (float weight : Networks.parameters(block).get(2).parameter().getArray().toFloatArray()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    assertThat(largest).isBetween(0.99f * bound, bound);
  }

  @Test
  void theCnnWorksOnSmallImagesAndWithNormalization() {
    Block block = create(NORMALIZED_LENET, new Shape(1, 8, 8), 10);
    assertThat(output(block, new Shape(2, 1, 8, 8))).isEqualTo(new Shape(2, 10));
  }

  /**
   * ResNet-20 on 3 x 32 x 32 with ten classes: 269,722 parameters with identity shortcuts (He et
   * al. 2016, table 6: 0.27M), plus two projections 16 x 32 and 32 x 64 with their normalization.
   */
  @Test
  void theSmallResidualNetworkHasTheParametersOfThePaper() {
    Block block =
        create(new NetworkSpec.ResNet(NetworkSpec.ResNet.Size.SMALL, 3), new Shape(3, 32, 32), 10);
    assertThat(trained(block)).isEqualTo(269_722 + 512 + 2048 + 64 + 128);
    assertThat(output(block, new Shape(2, 3, 32, 32))).isEqualTo(new Shape(2, 10));
    assertThat(Networks.parameters(block))
        .extracting(NamedParameter::name)
        .contains(
            "conv.weight",
            "stage1block1.residual.conv1.weight",
            "stage2block1.shortcut.conv.weight")
        .doesNotHaveDuplicates();
  }

  /** The usual ResNet-18 for 32 x 32 images with ten classes has 11,173,962 parameters. */
  @Test
  void resnet18HasItsParameters() {
    Block block =
        create(
            new NetworkSpec.ResNet(NetworkSpec.ResNet.Size.RESNET18, 3), new Shape(3, 32, 32), 10);
    assertThat(trained(block)).isEqualTo(11_173_962);
  }

  @Test
  void anEvaluationKeepsNothingButItsInputAndItsOutput() {
    Block block =
        create(new NetworkSpec.ResNet(NetworkSpec.ResNet.Size.SMALL, 1), new Shape(1, 8, 8), 3);
    try (NDManager scratch = manager.newSubManager()) {
      NDList rows = new NDList(scratch.ones(new Shape(2, 1, 8, 8)));
      block.forward(new ParameterStore(manager, false), rows, false);
      assertThat(scratch.getManagedArrays()).hasSize(2);
    }
  }

  /** With all residual weights 0 a block is the identity on what is not negative. */
  @Test
  void aResidualBlockAddsItsInput() {
    ResidualBlock block = new ResidualBlock(2, 2, 1);
    Networks.parameters(block)
        .forEach(named -> named.parameter().setInitializer(Initializer.ZEROS));
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 2, 2, 2));
    float[] values = {1, 0, 3, 4, 5, 6, 7, 8};
    float[] result =
        block
            .forward(
                new ParameterStore(manager, false),
                new NDList(manager.create(values, new Shape(1, 2, 2, 2))),
                false)
            .head()
            .toFloatArray();
    assertThat(result).containsExactly(values);
  }

  @Test
  void tablesAreRefusedByNetworksForImages() {
    assertThatThrownBy(() -> create(LENET, new Shape(10), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network.kind: found cnn, which needs images [channels, height, width]; the data's rows"
                + " have the shape (10); take linear or mlp for tables");
  }

  /** As the documentation shows it. */
  public static final class TwoLayers implements NetworkDefinition {
    @Override
    public Block define(Shape features, int outputs) {
      return new SequentialBlock()
          .add(Blocks.batchFlattenBlock())
          .add(Linear.builder().setUnits(5).build())
          .add(Linear.builder().setUnits(outputs).build());
    }
  }

  /** Forgets the output layer. */
  public static final class TooWide implements NetworkDefinition {
    @Override
    public Block define(Shape features, int outputs) {
      return new SequentialBlock().add(Linear.builder().setUnits(99).build());
    }
  }

  @Test
  void aNetworkOfTheUsersOwnIsBuiltAndStartedFromTheSeed() {
    NetworkSpec spec = new NetworkSpec.Custom(TwoLayers.class.getName());
    Block block = create(spec, new Shape(4), 3);
    assertThat(Networks.parameters(block))
        .extracting(NamedParameter::name)
        .containsExactly("02Linear.weight", "02Linear.bias", "03Linear.weight", "03Linear.bias");
    assertThat(output(block, new Shape(2, 4))).isEqualTo(new Shape(2, 3));
    assertThat(Networks.parameters(create(spec, new Shape(4), 3)).get(0).parameter().getArray())
        .isEqualTo(Networks.parameters(block).get(0).parameter().getArray());
  }

  @Test
  void anOwnNetworkThatDoesNotFitIsRefused() {
    assertThatThrownBy(
            () -> create(new NetworkSpec.Custom(TooWide.class.getName()), new Shape(4), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: gives the shape (1, 99) for one row; (1, 3) is needed");
    assertThatThrownBy(() -> create(new NetworkSpec.Custom("java.lang.String"), new Shape(4), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "network.className: found java.lang.String; a class with a public constructor");
  }
}

package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(EngineExtension.class)
class DenseStackTest {
  private static final int INPUTS = 20;
  private static final int OUTPUTS = 5;
  private NDManager manager;

  @BeforeEach
  void open(NDManager given) {
    manager = given;
  }

  static Stream<NetworkSpec.Mlp> networks() {
    return Stream.of(NetworkSpec.Activation.values())
        .flatMap(
            activation ->
                Stream.of(true, false)
                    .map(norm -> new NetworkSpec.Mlp(List.of(24, 16), activation, 0, norm)));
  }

  /** The engine's own layers and automatic differentiation are the reference. */
  @ParameterizedTest
  @MethodSource("networks")
  void passesAreThoseOfTheEnginesOwnLayers(NetworkSpec.Mlp spec) {
    NDArray rows = rows(33);
    Block block =
        Networks.create(spec, new Shape(INPUTS), OUTPUTS, new SplittableRandom(3), manager);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray output =
          block.forward(new ParameterStore(manager, false), new NDList(rows), true).head();
      // The mean of output times a constant has that constant over the size as its slope.
      collector.backward(output.mul(output.stopGradient()).mean());
    }
    DenseStack stack = stack(spec, 2);
    stack.backward(rows, 0, outputs -> outputs.mul(1f / (33 * OUTPUTS)));
    List<NamedParameter> all = Networks.parameters(block);
    List<NamedParameter> trained =
        all.stream().filter(named -> named.parameter().requiresGradient()).toList();
    List<Tensor> gradients = stack.gradients(1);
    assertThat(gradients).hasSameSizeAs(trained);
    for (int i = 0; i < trained.size(); i++) {
      NDArray expected = trained.get(i).parameter().getArray().getGradient();
      assertThat(gradients.get(i).copy())
          .as(trained.get(i).name())
          .containsExactly(expected.toFloatArray(), within(1e-6f));
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(stack.parameters(1).get(i).name()).isEqualTo(all.get(i).name());
      // Running means and variances have moved alike.
      assertThat(stack.parameters(1).get(i).tensor().copy())
          .as(all.get(i).name())
          .containsExactly(all.get(i).tensor().copy(), within(1e-6f));
    }
    NDArray evaluated =
        block.forward(new ParameterStore(manager, false), new NDList(rows), false).head();
    float[] expected = evaluated.swapAxes(0, 1).flatten().toFloatArray();
    float[] both = stack.evaluate(rows).toFloatArray();
    assertThat(Arrays.copyOfRange(both, expected.length, both.length))
        .containsExactly(expected, within(1e-5f));
  }

  /** Of 2,000 values a share of 0.3 is 0, within five deviations; the others are over 0.7. */
  @Test
  void aMaskDropsItsRateAndIsOfItsStepAlone() {
    NetworkSpec.Mlp spec =
        new NetworkSpec.Mlp(List.of(40), NetworkSpec.Activation.RELU, 0.3, false);
    DropoutMask mask = new DropoutMask(0.3, 5);
    RowStage.Rows all = new RowStage.Rows(0, 0, 40, 50);
    mask.begin(3, 40, 50);
    float[] first = mask.forward(ones(2000), all);
    int dropped = 0;
    for (float value : first) {
      dropped += value == 0 ? 1 : 0;
      assertThat(value).isIn(0f, (float) (1 / 0.7));
    }
    assertThat(dropped).isBetween(600 - 103, 600 + 103);
    assertThat(mask.backward(ones(2000), all)).isEqualTo(first);
    mask.begin(4, 40, 50);
    assertThat(mask.forward(ones(2000), all)).isNotEqualTo(first);
    mask.begin(3, 40, 50);
    assertThat(mask.forward(ones(2000), all)).isEqualTo(first);
    assertThat(mask.evaluate(ones(2000), all)).containsOnly(1f);
    // All networks of a stack have the same mask.
    DenseStack stack = stack(spec, 2);
    stack.backward(rows(20), 0, NDArray::duplicate);
    assertThat(stack.gradients(1).get(0).copy()).isEqualTo(stack.gradients(0).get(0).copy());
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private DenseStack stack(NetworkSpec.Mlp spec, int members) {
    return DenseStack.of(
        spec,
        new Shape(INPUTS),
        OUTPUTS,
        new SplittableRandom(3),
        new SplittableRandom(4),
        members,
        manager);
  }

  private NDArray rows(int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] values = new float[n * INPUTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(values, new Shape(n, INPUTS)).toType(DataType.FLOAT32, true);
  }
}

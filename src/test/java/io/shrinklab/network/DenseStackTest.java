package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.spec.NetworkSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import io.shrinklab.EngineExtension;
import org.junit.jupiter.api.BeforeEach;
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
    DenseStack stack = stack(spec, 2);
    UnaryOperator<NDArray> losses = output -> output.mul(output).reshape(output.getShape().get(0), -1).mean(new int[] {1});
    double loss;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray output =
          block.forward(new ParameterStore(manager, false), new NDList(rows), true).head();
      NDArray mean = losses.apply(output.expandDims(0));
      collector.backward(mean);
      loss = mean.toFloatArray()[0];
    }
    double[] found = stack.backward(rows, losses);
    assertThat(found).hasSize(2);
    assertThat(found[1]).isCloseTo(loss, within(1e-6));
    List<NamedParameter> all = Networks.parameters(block);
    List<NamedParameter> trained =
        all.stream().filter(named -> named.parameter().requiresGradient()).toList();
    List<FloatBuffer> gradients = stack.gradients(1);
    assertThat(gradients).hasSameSizeAs(trained);
    for (int i = 0; i < trained.size(); i++) {
      float[] expected = trained.get(i).parameter().getArray().getGradient().toFloatArray();
      float[] actual = new float[gradients.get(i).limit()];
      gradients.get(i).get(0, actual);
      assertThat(actual).as(trained.get(i).name()).containsExactly(expected, within(2e-6f));
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(stack.parameters(1).get(i).name()).isEqualTo(all.get(i).name());
      // Running means and variances have moved alike.
      assertThat(stack.parameters(1).get(i).parameter().getArray().toFloatArray())
          .as(all.get(i).name())
          .containsExactly(all.get(i).parameter().getArray().toFloatArray(), within(1e-6f));
    }
    NDArray evaluated =
        block.forward(new ParameterStore(manager, false), new NDList(rows), false).head();
    assertThat(stack.evaluate(1, rows).toFloatArray())
        .containsExactly(evaluated.toFloatArray(), within(1e-5f));
  }

  private DenseStack stack(NetworkSpec.Mlp spec, int members) {
    return DenseStack.of(
        spec,
        DenseLayer.of(spec),
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

package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.NetworkSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class DenseTest {
  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  private static NetworkSpec mlp(double dropout, Integer... hidden) {
    return new NetworkSpec.Mlp(List.of(hidden), NetworkSpec.Activation.RELU, dropout, false);
  }

  private static NetworkSpec normalized(double dropout, Integer... hidden) {
    return new NetworkSpec.Mlp(List.of(hidden), NetworkSpec.Activation.RELU, dropout, true);
  }

  private Block create(NetworkSpec spec, long seed) {
    return Networks.create(spec, new Shape(64), 10, new SplittableRandom(seed), manager);
  }

  private NDArray forward(Block block, NDArray rows) {
    return block.forward(new ParameterStore(manager, false), new NDList(rows), false).head();
  }

  @Test
  void parametersAreNamedInOrderWithTheirShapes() {
    Block block = create(normalized(0.5, 128, 32), 1);
    assertThat(Networks.parameters(block))
        .extracting(named -> named.name() + named.parameter().getShape())
        .containsExactly(
            "dense1.weight(128, 64)",
            "dense1.bias(128)",
            "norm1.gamma(128)",
            "norm1.beta(128)",
            "norm1.runningMean(128)",
            "norm1.runningVar(128)",
            "dense2.weight(32, 128)",
            "dense2.bias(32)",
            "norm2.gamma(32)",
            "norm2.beta(32)",
            "norm2.runningMean(32)",
            "norm2.runningVar(32)",
            "output.weight(10, 32)",
            "output.bias(10)");
    assertThat(Networks.parameters(block).get(0).owner()).isInstanceOf(Linear.class);
    assertThat(Networks.parameters(block).get(2).owner()).isInstanceOf(BatchNorm.class);
    assertThat(Networks.parameters(block))
        .allSatisfy(
            named ->
                assertThat(named.parameter().getArray().getDataType()).isEqualTo(DataType.FLOAT32));
  }

  @Test
  void linearIsOneAffineMapWithOrWithoutBias() {
    assertThat(Networks.parameters(create(new NetworkSpec.Linear(true), 1)))
        .extracting(NamedParameter::name)
        .containsExactly("output.weight", "output.bias");
    assertThat(Networks.parameters(create(new NetworkSpec.Linear(false), 1)))
        .extracting(NamedParameter::name)
        .containsExactly("output.weight");
  }

  /** Glorot and Bengio 2010: from 64 to 86 units uniform in +-sqrt(6/150) = +-0.2. */
  @Test
  void weightsAreUniformWithinGlorotsBoundAndBiasesZero() {
    List<NamedParameter> parameters = Networks.parameters(create(normalized(0, 86), 3));
    float[] weight = parameters.get(0).parameter().getArray().toFloatArray();
    double sum = 0;
    double squares = 0;
    for (float value : weight) {
      assertThat(value).isBetween(-0.2f, 0.2f);
      sum += value;
      squares += value * value;
    }
    int n = weight.length;
    double sigma = 0.2 / Math.sqrt(3);
    assertThat(sum / n).isCloseTo(0, within(5 * sigma / Math.sqrt(n)));
    // The fourth moment of a uniform variable is 9/5 sigma^4: variance of the square 0.8 sigma^4.
    assertThat(squares / n)
        .isCloseTo(sigma * sigma, within(5 * sigma * sigma * Math.sqrt(0.8 / n)));
    assertThat(parameters.get(1).parameter().getArray().toFloatArray()).containsOnly(0f);
    assertThat(parameters.get(2).parameter().getArray().toFloatArray()).containsOnly(1f);
    assertThat(parameters.get(3).parameter().getArray().toFloatArray()).containsOnly(0f);
  }

  @Test
  void aSeedDrawsItsOwnWeightsAlwaysTheSame() {
    float[] once = weights(create(mlp(0, 16), 1));
    assertThat(weights(create(mlp(0, 16), 1))).isEqualTo(once);
    assertThat(weights(create(mlp(0, 16), 2))).isNotEqualTo(once);
  }

  @Test
  void twoLayersOfEqualShapeStartDifferently() {
    List<NamedParameter> parameters = Networks.parameters(create(mlp(0, 64, 64), 1));
    assertThat(parameters.get(0).parameter().getArray().toFloatArray())
        .isNotEqualTo(parameters.get(2).parameter().getArray().toFloatArray());
  }

  /** By hand: relu(x W' + b) times the output's weights plus its bias. */
  @Test
  void forwardGivesTheLogitsOfTheFormula() {
    Block block = Networks.create(mlp(0.9, 3), new Shape(2), 2, new SplittableRandom(1), manager);
    float[] w1 = values(block, 0);
    float[] b1 = values(block, 1);
    float[] w2 = values(block, 2);
    float[] b2 = values(block, 3);
    float[] x = {3, -5};
    float[] expected = new float[2];
    for (int out = 0; out < 2; out++) {
      expected[out] = b2[out];
      for (int unit = 0; unit < 3; unit++) {
        float sum = b1[unit] + w1[unit * 2] * x[0] + w1[unit * 2 + 1] * x[1];
        expected[out] += w2[out * 3 + unit] * Math.max(0, sum);
      }
    }
    NDArray logits = forward(block, manager.create(x, new Shape(1, 2)));
    assertThat(logits.getShape()).isEqualTo(new Shape(1, 2));
    assertThat(logits.toFloatArray()).containsExactly(expected, Offset.offset(1e-5f));
  }

  @Test
  void rowsOfAnyShapeAreFlattened() {
    Block block =
        Networks.create(normalized(0, 8), new Shape(1, 4, 4), 3, new SplittableRandom(1), manager);
    assertThat(forward(block, manager.ones(new Shape(5, 1, 4, 4))).getShape())
        .isEqualTo(new Shape(5, 3));
  }

  private static float[] values(Block block, int parameter) {
    return Networks.parameters(block).get(parameter).parameter().getArray().toFloatArray();
  }

  private static float[] weights(Block block) {
    return values(block, 0);
  }
}

package io.shrinklab.training;

import static io.shrinklab.outcome.LayerQuantity.DATA_GRADIENT_NORM;
import static io.shrinklab.outcome.LayerQuantity.DATA_PUSH;
import static io.shrinklab.outcome.LayerQuantity.DEAD_UNITS;
import static io.shrinklab.outcome.LayerQuantity.EXACT_ZEROS;
import static io.shrinklab.outcome.LayerQuantity.PENALTY_GRADIENT_NORM;
import static io.shrinklab.outcome.LayerQuantity.PENALTY_PULL;
import static io.shrinklab.outcome.LayerQuantity.RELATIVE_UPDATE;
import static io.shrinklab.outcome.LayerQuantity.UPDATE_NORM;
import static io.shrinklab.outcome.LayerQuantity.UPDATE_OUTWARD;
import static io.shrinklab.outcome.LayerQuantity.WEIGHT_NORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import io.shrinklab.EngineExtension;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.LayerStep;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.tensor.Tensor;
import io.shrinklab.testing.ASpec;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One step of two neurons with two weights each, w = (3, 4; 0, 0) and g = (2, -1; 0, 0), at a
 * learning rate of 0.5, by hand: |w| = 5, and along w the data push with -(2*3 - 1*4) / 5 = -0.4.
 */
@ExtendWith(EngineExtension.class)
class StepRecorderTest {
  private static final double RATE = 0.5;
  private static final Offset<Double> CLOSE = within(1e-6);

  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  private NamedParameter parameter(String name, Parameter.Type type, Shape shape, float... values) {
    Parameter parameter = Parameter.builder().setName(name).setType(type).build();
    parameter.setArray(manager.create(values, shape));
    return new NamedParameter(name, parameter, Blocks.identityBlock());
  }

  private StepRecorder step(OptimizerSpec optimizer, PenaltySpec penalty, double rate)
      throws Exception {
    List<NamedParameter> parameters =
        List.of(
            parameter("layer.weight", Parameter.Type.WEIGHT, new Shape(2, 2), 3, 4, 0, 0),
            parameter("layer.bias", Parameter.Type.BIAS, new Shape(2), 0, 1));
    List<Tensor> gradients =
        List.of(
            Tensor.of(manager.create(new float[] {2, -1, 0, 0}, new Shape(2, 2))),
            Tensor.of(manager.create(new float[] {1, 0}, new Shape(2))));
    Step step =
        new Step(ASpec.named("test").optimizer(optimizer).penalty(penalty).variant(), parameters);
    StepRecorder recorder = new StepRecorder(parameters, step);
    recorder.before(gradients);
    step.update(rate, gradients);
    recorder.after(rate);
    return recorder;
  }

  private LayerStep sgd(PenaltySpec penalty) throws Exception {
    return step(Specs.sgd(RATE, 0), penalty, RATE).layers().get(0);
  }

  private static void is(LayerStep layer, LayerQuantity quantity, double expected) {
    assertThat(layer.get(quantity)).as(quantity.column()).isCloseTo(expected, CLOSE);
  }

  /** c = 2 * 0.1 * w = (0.6, 0.8); the update is -0.5 * (2.6, -0.2) = (-1.3, 0.1). */
  @Test
  void l2ThroughTheGradient() throws Exception {
    LayerStep layer = sgd(Specs.lp(2, 0.1, Method.GRADIENT));
    is(layer, WEIGHT_NORM, 5);
    is(layer, DATA_GRADIENT_NORM, Math.sqrt(5));
    is(layer, PENALTY_GRADIENT_NORM, 1);
    is(layer, DATA_PUSH, -0.4);
    is(layer, PENALTY_PULL, 1);
    is(layer, UPDATE_NORM, Math.sqrt(1.7));
    is(layer, RELATIVE_UPDATE, Math.sqrt(1.7) / 5);
    // 0.5 * (-0.4 - 1).
    is(layer, UPDATE_OUTWARD, -0.7);
    is(layer, EXACT_ZEROS, 2);
    is(layer, DEAD_UNITS, 1);
  }

  @Test
  void nothingPullsWithoutAPenalty() throws Exception {
    LayerStep layer = sgd(Specs.NONE);
    is(layer, DATA_PUSH, -0.4);
    assertThat(layer.get(PENALTY_PULL)).isZero();
    assertThat(layer.get(PENALTY_GRADIENT_NORM)).isZero();
    // (-1, 0.5) along (3, 4) / 5.
    is(layer, UPDATE_OUTWARD, -0.2);
  }

  /** Adam's first step is the rate in size, whatever the gradient's: (-, +) of (2.6, -0.2). */
  @Test
  void pushAndPullAreGradientsAndKnowNothingOfAdam() throws Exception {
    LayerStep layer = step(Specs.adam(), Specs.lp(2, 0.1, Method.GRADIENT), 0.001).layers().get(0);
    is(layer, DATA_PUSH, -0.4);
    is(layer, PENALTY_PULL, 1);
    // Floats near 4 are 4.8e-7 apart.
    is(layer, UPDATE_NORM, 0.001 * Math.sqrt(2));
    is(layer, UPDATE_OUTWARD, 0.001 * (4 - 3) / 5);
  }

  /** 0.2 * 0.5 of w is taken away, which is 0.2 * 5 = 1 per unit of learning rate. */
  @Test
  void decoupledDecay() throws Exception {
    LayerStep layer = sgd(new PenaltySpec.DecoupledWeightDecay(0.2, Scope.WEIGHTS));
    is(layer, PENALTY_PULL, 1);
    is(layer, DATA_PUSH, -0.4);
    is(layer, UPDATE_OUTWARD, -0.7);
    is(layer, UPDATE_NORM, Math.sqrt(1.7));
  }

  /**
   * SGD goes to (2, 4.5), and soft thresholding by 0.5 * 1 to (1.5, 4): it takes (0.5, 0.5) away,
   * which is (0.5*3 + 0.5*4) / 5 / 0.5 = 1.4 along w.
   */
  @Test
  void l1ByProximalSteps() throws Exception {
    LayerStep layer = sgd(Specs.lp(1, 1, Method.PROXIMAL));
    is(layer, PENALTY_PULL, 1.4);
    is(layer, DATA_PUSH, -0.4);
    is(layer, PENALTY_GRADIENT_NORM, Math.sqrt(2));
    is(layer, UPDATE_NORM, 1.5);
    is(layer, UPDATE_OUTWARD, -0.9);
    is(layer, EXACT_ZEROS, 2);
  }

  /** w / (1 + rate * lambda / |old|): 2 / (1 + 0.5/3) = 12/7 and 4.5 / (1 + 0.5/4) = 4. */
  @Test
  void l1ByDecoupledSteps() throws Exception {
    LayerStep layer = sgd(Specs.lp(1, 1, Method.DECOUPLED));
    is(layer, PENALTY_PULL, ((2 - 12 / 7.0) * 3 + 0.5 * 4) / 5 / RATE);
    is(layer, DATA_PUSH, -0.4);
  }

  @Test
  void weightsTogetherLeaveBiasesOut() throws Exception {
    StepRecorder recorder = step(Specs.sgd(RATE, 0), Specs.lp(2, 0.1, Method.GRADIENT), RATE);
    assertThat(recorder.weights().weights()).isEqualTo(4);
    assertThat(recorder.weights().values()).isEqualTo(recorder.layers().get(0).values());
    LayerStep bias = recorder.layers().get(1);
    // Along (0, 1) a gradient of (1, 0) does nothing.
    is(bias, DATA_PUSH, 0);
    is(bias, EXACT_ZEROS, 1);
    assertThat(bias.get(DEAD_UNITS)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void lookingOnChangesNoBit(Method method) throws Exception {
    Specs.Builder spec = Specs.spec().epochs(2).penalty(Specs.lp(1, 1e-2, method));
    RunOutcome silent = spec.train();
    List<StepMetrics> steps = spec.steps();
    assertThat(spec.watched().weights().sha256()).isEqualTo(silent.weights().sha256());
    assertThat(spec.watched().layers()).isEqualTo(silent.layers());
    // Each step moves the weights, so no two begin with the same.
    assertThat(steps).extracting(StepMetrics::fingerprint).doesNotHaveDuplicates();
    assertThat(steps).extracting(StepMetrics::onWeights).containsOnly(method != Method.GRADIENT);
  }

  /** Filters are units as neurons are, and the rows of the layers are those of one network. */
  @Test
  void aNetworkThatIsNotStacked() throws Exception {
    NetworkSpec.Cnn cnn =
        ((NetworkSpec.Cnn)
            ASpec.read(
                    "'data': {'kind': 'digits', 'train': 64, 'validation': 50},"
                        + " 'network': {'kind': 'cnn', 'channels': [3], 'kernel': 3, 'hidden': [4]},"
                        + " 'optimizer': {'kind': 'sgd', 'learningRate': 0.1},"
                        + " 'training': {'epochs': 1}, 'penalty': {'kind': 'none'}")
                .variant()
                .network());
    List<StepMetrics> steps =
        Specs.spec()
            .network(cnn)
            .epochs(1)
            .optimizer(Specs.sgd(0.1, 0))
            .penalty(Specs.lp(2, 0.01, Method.GRADIENT))
            .steps();
    for (StepMetrics step : steps) {
      LayerStep all = step.weights();
      // Without momentum an update is the learning rate times the sum of both gradients.
      assertThat(all.get(UPDATE_OUTWARD))
          .isCloseTo(0.1 * (all.get(DATA_PUSH) - all.get(PENALTY_PULL)), within(1e-6));
      assertThat(all.get(PENALTY_PULL)).isCloseTo(0.02 * all.get(WEIGHT_NORM), within(1e-6));
      assertThat(
              step.layers().stream()
                  .filter(layer -> !Double.isNaN(layer.get(DEAD_UNITS)))
                  .mapToDouble(layer -> Math.pow(layer.get(WEIGHT_NORM), 2))
                  .sum())
          .isCloseTo(Math.pow(all.get(WEIGHT_NORM), 2), within(1e-9));
    }
  }
}

package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import io.shrinklab.EngineExtension;
import io.shrinklab.penalty.Portions;
import io.shrinklab.penalty.Tensor;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.OptimizerSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EngineExtension.class)
class OptimizerTest {
  private static final Shape SHAPE = new Shape(37, 11);
  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
    manager.getEngine().setRandomSeed(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.02f})
  void adamWithCoupledDecayIsDjlsOwnToTheLastBit(float decay) {
    OptimizerSpec spec =
        new OptimizerSpec.Adam(0.003, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
    ai.djl.training.optimizer.Optimizer theirs =
        ai.djl.training.optimizer.Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(0.003f))
            .optWeightDecays(decay)
            .build();
    assertSameSteps(spec, theirs, decay, 0);
  }

  @Test
  void adamWithDecoupledDecayIsDjlsAdamWToTheLastBit() {
    OptimizerSpec spec =
        new OptimizerSpec.AdamW(0.003, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
    ai.djl.training.optimizer.Optimizer theirs =
        ai.djl.training.optimizer.Optimizer.adamW()
            .optLearningRateTracker(Tracker.fixed(0.003f))
            .optWeightDecays(0.05f)
            .build();
    assertSameSteps(spec, theirs, 0, 0.05);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.9f})
  void sgdWithCoupledDecayIsDjlsOwnToTheLastBit(float momentum) {
    OptimizerSpec spec = new OptimizerSpec.Sgd(0.1, momentum, new LearningRateSchedule.Constant(0));
    ai.djl.training.optimizer.Optimizer theirs =
        ai.djl.training.optimizer.Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed(0.1f))
            .optMomentum(momentum)
            .optWeightDecays(0.02f)
            .build();
    assertSameSteps(spec, theirs, 0.02f, 0);
  }

  private void assertSameSteps(
      OptimizerSpec spec,
      ai.djl.training.optimizer.Optimizer theirs,
      double coupled,
      double decoupled) {
    NDArray start = manager.randomNormal(SHAPE, DataType.FLOAT32);
    NDArray ours = start.duplicate();
    NDArray reference = start.duplicate();
    Optimizer optimizer = optimizer(spec, ours);
    for (int step = 0; step < 25; step++) {
      NDArray gradient = manager.randomNormal(SHAPE, DataType.FLOAT32);
      float[] w = ours.toFloatArray();
      optimizer.startStep(spec.learningRate());
      step(optimizer, w, gradient.toFloatArray(), coupled, decoupled);
      Tensor.of(ours).memory().put(0, w);
      theirs.update("w", reference, gradient);
      assertThat(w).as("step %s", step).isEqualTo(reference.toFloatArray());
    }
    assertThat(ours.toFloatArray()).isNotEqualTo(start.toFloatArray());
  }

  /** Without a penalty, over several portions and the last one, which is not full. */
  @Test
  void everyPortionIsMovedAndItsGradientZeroed() {
    OptimizerSpec spec =
        new OptimizerSpec.Adam(0.003, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
    Shape shape = new Shape(3 * Portions.LENGTH + 5);
    NDArray ours = manager.randomNormal(shape, DataType.FLOAT32);
    NDArray reference = ours.duplicate();
    Optimizer optimizer = optimizer(spec, ours);
    ai.djl.training.optimizer.Optimizer theirs =
        ai.djl.training.optimizer.Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed(0.003f))
            .build();
    for (int step = 0; step < 3; step++) {
      NDArray gradient = manager.randomNormal(shape, DataType.FLOAT32);
      theirs.update("w", reference, gradient);
      optimizer.startStep(0.003);
      optimizer.update(0, Tensor.of(gradient), null, 0.003);
      assertThat(gradient.toFloatArray()).containsOnly(0f);
      assertThat(ours.toFloatArray()).isEqualTo(reference.toFloatArray());
    }
  }

  /**
   * torch.optim.SGD's rule, v = m v + g and w = w - rate v, by hand: gradients of 1, rates 1, 1,
   * 0.1, m = 0.5 give v = 1, 1.5, 1.75 and w = -1, -2.5, -2.675. With the rate kept inside the
   * velocity it would be -3.35.
   */
  @Test
  void momentumSurvivesAChangeOfTheRateAsInTorch() {
    OptimizerSpec spec = new OptimizerSpec.Sgd(1, 0.5, new LearningRateSchedule.Constant(0));
    NDArray weight = manager.zeros(new Shape(1));
    Optimizer optimizer = optimizer(spec, weight);
    double[] expected = {-1, -2.5, -2.675};
    double[] rates = {1, 1, 0.1};
    for (int step = 0; step < 3; step++) {
      optimizer.startStep(rates[step]);
      optimizer.update(0, Tensor.of(manager.ones(new Shape(1))), null, rates[step]);
      assertThat((double) weight.getFloat()).isCloseTo(expected[step], within(1e-6));
    }
  }

  /** w = 2, rate 0.1, decay 0.5, gradient 1: w (1 - 0.05) - 0.1 = 1.8. */
  @Test
  void decoupledDecayOfSgdShrinksBesideTheStep() {
    OptimizerSpec spec = new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0));
    float[] weight = {2};
    Optimizer optimizer = optimizer(spec, manager.create(weight));
    optimizer.startStep(0.1);
    step(optimizer, weight, new float[] {1}, 0, 0.5);
    assertThat((double) weight[0]).isCloseTo(1.8, within(1e-6));
  }

  /**
   * Why a subgradient is not sparse: (w - 0.1)^2 / 2 + 0.2 |w| has its optimum at 0; Adam with the
   * subgradient, rate 1e-3, 20,000 steps from 0.5, never is exactly there and stays around 3.6e-5,
   * the mean over the tail; the proximal step is there.
   */
  @Test
  void onlyTheProximalStepReachesAnExactZero() {
    assertThat(tail(true)).isZero();
    assertThat(tail(false)).isBetween(1e-6, 2e-4);
  }

  /**
   * 0.9 times the smallest subnormal rounds to itself: without help a mean gradient never becomes
   * 0.
   */
  @Test
  void stateThatHasVanishedBecomesZero() {
    float[] state = {Float.MIN_VALUE, -1e-40f, 0, 1e-30f, -2};
    Subnormals.drop(state);
    assertThat(state).containsExactly(0, 0, 0, 1e-30f, -2);
  }

  private double tail(boolean proximal) {
    OptimizerSpec spec =
        new OptimizerSpec.Adam(0.001, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
    float[] w = {0.5f};
    Optimizer optimizer = optimizer(spec, manager.create(w));
    float[] size = new float[1];
    double sum = 0;
    for (int step = 0; step < 20_000; step++) {
      float pull = proximal ? 0 : 0.2f * Math.signum(w[0]);
      optimizer.startStep(0.001);
      step(optimizer, w, new float[] {w[0] - 0.1f + pull}, 0, 0);
      if (proximal) {
        optimizer.stepSizes(size, 1);
        w[0] = softThreshold(w[0], 0.2f * size[0]);
      } else {
        assertThat(w[0]).isNotZero();
      }
      sum += step >= 19_000 ? Math.abs(w[0]) : 0;
    }
    return sum / 1000;
  }

  /** One parameter of one portion, with decays as a penalty would ask for. */
  private static void step(
      Optimizer optimizer, float[] w, float[] gradient, double coupled, double decoupled) {
    optimizer.accumulate(0, 0, w, gradient, w.length, coupled);
    optimizer.beforeMove(0);
    optimizer.move(0, 0, w, w.length, decoupled);
    optimizer.afterMove();
  }

  private Optimizer optimizer(OptimizerSpec spec, NDArray weight) {
    return Optimizer.of(spec, List.of(Tensor.of(weight)), Portions.LENGTH, manager);
  }

  private static float softThreshold(float v, float t) {
    return Math.signum(v) * Math.max(0, Math.abs(v) - t);
  }
}

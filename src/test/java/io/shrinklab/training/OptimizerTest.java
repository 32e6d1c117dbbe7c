package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import io.shrinklab.experiment.LearningRateSchedule;
import io.shrinklab.experiment.OptimizerSpec;
import io.shrinklab.penalty.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerTest {
  private static final Shape SHAPE = new Shape(37, 11);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = EngineStart.singleThreaded().newBaseManager();
    EngineStart.singleThreaded().setRandomSeed(1);
  }

  @AfterEach
  void close() {
    manager.close();
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
    Optimizer optimizer = Optimizer.of(spec, List.of(ours), manager);
    for (int step = 0; step < 25; step++) {
      NDArray gradient = manager.randomNormal(SHAPE, DataType.FLOAT32);
      optimizer.startStep(spec.learningRate());
      optimizer.update(0, ours, gradient, coupled, decoupled);
      theirs.update("w", reference, gradient);
      assertThat(ours.toFloatArray()).as("step %s", step).isEqualTo(reference.toFloatArray());
    }
    assertThat(ours.toFloatArray()).isNotEqualTo(start.toFloatArray());
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
    Optimizer optimizer = Optimizer.of(spec, List.of(weight), manager);
    double[] expected = {-1, -2.5, -2.675};
    double[] rates = {1, 1, 0.1};
    for (int step = 0; step < 3; step++) {
      optimizer.startStep(rates[step]);
      optimizer.update(0, weight, manager.ones(new Shape(1)), 0, 0);
      assertThat((double) weight.getFloat()).isCloseTo(expected[step], within(1e-6));
    }
  }

  /** w = 2, rate 0.1, decay 0.5, gradient 1: w (1 - 0.05) - 0.1 = 1.8. */
  @Test
  void decoupledDecayOfSgdShrinksBesideTheStep() {
    OptimizerSpec spec = new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0));
    NDArray weight = manager.create(new float[] {2});
    Optimizer optimizer = Optimizer.of(spec, List.of(weight), manager);
    optimizer.startStep(0.1);
    optimizer.update(0, weight, manager.ones(new Shape(1)), 0, 0.5);
    assertThat((double) weight.getFloat()).isCloseTo(1.8, within(1e-6));
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
    NDArray state = manager.create(new float[] {Float.MIN_VALUE, -1e-40f, 0, 1e-30f, -2});
    Tensor.of(state).dropSubnormals();
    // The size only: a zero may keep its sign.
    assertThat(state.abs().toFloatArray()).containsExactly(0, 0, 0, 1e-30f, 2);
  }

  private double tail(boolean proximal) {
    OptimizerSpec spec =
        new OptimizerSpec.Adam(0.001, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
    NDArray weight = manager.create(new float[] {0.5f});
    NDArray gradient = manager.zeros(new Shape(1));
    FloatBuffer w = Tensor.of(weight).memory();
    FloatBuffer g = Tensor.of(gradient).memory();
    Optimizer optimizer = Optimizer.of(spec, List.of(weight), manager);
    double sum = 0;
    for (int step = 0; step < 20_000; step++) {
      float pull = proximal ? 0 : 0.2f * Math.signum(w.get(0));
      g.put(0, w.get(0) - 0.1f + pull);
      optimizer.startStep(0.001);
      optimizer.update(0, weight, gradient, 0, 0);
      if (proximal) {
        w.put(0, softThreshold(w.get(0), 0.2f * size(optimizer)));
      } else {
        assertThat(w.get(0)).isNotZero();
      }
      sum += step >= 19_000 ? Math.abs(w.get(0)) : 0;
    }
    return sum / 1000;
  }

  private static float size(Optimizer optimizer) {
    float[] size = new float[1];
    optimizer.stepSizes(0).read(0, size, 1);
    return size[0];
  }

  private static float softThreshold(float v, float t) {
    return Math.signum(v) * Math.max(0, Math.abs(v) - t);
  }
}

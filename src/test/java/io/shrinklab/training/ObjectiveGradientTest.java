package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.Task;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slopes of several networks at once: each is what it is alone, and smoothing moves labels. */
@ExtendWith(EngineExtension.class)
class ObjectiveGradientTest {

  /** Half the mean square of (1, -2) against 0: its gradient is (1, -2) / 2. */
  @Test
  void ofRegression(NDManager manager) {
    assertSlopes(
        manager,
        Objective.of(Task.REGRESSION, 0),
        new Shape(1, 1, 2),
        new float[] {1, -2},
        manager.create(new float[] {0, 0}, new Shape(2, 1)),
        0.5f,
        -1);
  }

  /**
   * Equal logits of two classes: soft-max minus the smoothed label, (1/2 - 0.9) and (1/2 - 0.1).
   */
  @Test
  void ofSmoothedClasses(NDManager manager) {
    assertSlopes(
        manager,
        Objective.of(Task.SINGLE_LABEL, 0.2),
        new Shape(1, 2, 1),
        new float[] {0, 0},
        manager.create(new long[] {0}),
        -0.4f,
        0.4f);
  }

  /** Logits of 0: sigmoid minus the smoothed label, halved by the mean over two labels. */
  @Test
  void ofSmoothedLabels(NDManager manager) {
    assertSlopes(
        manager,
        Objective.of(Task.MULTI_LABEL, 0.2),
        new Shape(1, 2, 1),
        new float[] {0, 0},
        manager.create(new float[][] {{1, 0}}),
        -0.2f,
        0.2f);
  }

  private static void assertSlopes(
      NDManager manager,
      Objective objective,
      Shape shape,
      float[] outputs,
      NDArray labels,
      float... expected) {
    NDArray one = manager.create(outputs, shape);
    double[] loss = new double[1];
    NDArray alone = objective.slope(one, labels, loss);
    assertThat(alone.toFloatArray()).containsExactly(expected, within(1e-6f));
    // Between two others, whose outputs are not numbers or large.
    NDArray three = one.mul(Float.NaN).concat(one, 0).concat(one.add(80), 0);
    double[] losses = new double[3];
    float[] slopes = objective.slope(three, labels, losses).toFloatArray();
    int size = outputs.length;
    assertThat(Arrays.copyOfRange(slopes, size, 2 * size)).isEqualTo(alone.toFloatArray());
    assertThat(losses[1]).isEqualTo(loss[0]);
    assertThat(losses[0]).isNaN();
  }
}

package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.Task;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the engine keeps of a loss for its backward pass must be the engine's own. A constant in the
 * memory of a Java buffer is not: when the buffer is collected before the backward pass, gradients
 * are multiplied by what has come to lie there.
 */
@ExtendWith(EngineExtension.class)
class ObjectiveGradientTest {
  private static final int LOSSES = 200;

  /** Half the mean square of (1, -2) against 0: its gradient is (1, -2) / 2. */
  @Test
  void aCollectionBeforeTheBackwardPassOfRegressionChangesNothing(NDManager manager)
      throws Exception {
    assertGradient(
        manager,
        Objective.of(Task.REGRESSION, 0),
        new float[][] {{1}, {-2}},
        new float[][] {{0}, {0}},
        0.5f,
        -1);
  }

  /**
   * Equal logits of two classes: soft-max minus the smoothed label, (1/2 - 0.9) and (1/2 - 0.1).
   */
  @Test
  void aCollectionBeforeTheBackwardPassOfSmoothedClassesChangesNothing(NDManager manager)
      throws Exception {
    assertGradient(
        manager,
        Objective.of(Task.SINGLE_LABEL, 0.2),
        new float[][] {{0, 0}},
        new long[] {0},
        -0.4f,
        0.4f);
  }

  /** Logits of 0: sigmoid minus the smoothed label, halved by the mean over two labels. */
  @Test
  void aCollectionBeforeTheBackwardPassOfSmoothedLabelsChangesNothing(NDManager manager)
      throws Exception {
    assertGradient(
        manager,
        Objective.of(Task.MULTI_LABEL, 0.2),
        new float[][] {{0, 0}},
        new float[][] {{1, 0}},
        -0.2f,
        0.2f);
  }

  private static void assertGradient(
      NDManager manager, Objective objective, float[][] output, Object labels, float... expected)
      throws Exception {
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray wanted =
          labels instanceof long[] classes
              ? manager.create(classes)
              : manager.create((float[][]) labels);
      NDArray outputs = manager.create(output);
      outputs.setRequiresGradient(true);
      NDArray total = manager.zeros(new Shape());
      for (int i = 0; i < LOSSES; i++) {
        total = total.add(objective.loss(outputs, wanted));
      }
      overwriteWhatTheCollectorFrees();
      collector.backward(total);
      float[] gradient = outputs.getGradient().toFloatArray();
      for (int i = 0; i < expected.length; i++) {
        assertThat(gradient[i] / LOSSES).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  private static void overwriteWhatTheCollectorFrees() throws InterruptedException {
    System.gc();
    Thread.sleep(100);
    List<ByteBuffer> garbage = new ArrayList<>();
    for (int i = 0; i < 20 * LOSSES; i++) {
      garbage.add(ByteBuffer.allocateDirect(Float.BYTES).putFloat(0, 1e9f));
    }
    assertThat(garbage).hasSize(20 * LOSSES);
  }
}

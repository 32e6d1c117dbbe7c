package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class MultiLabelObjectiveTest {
  private final double[] losses = new double[1];

  /** ln 2 at a logit of 0; ln(1 + e^2) - 2 y at 2; large logits must not overflow. */
  @Test
  void theLossIsSigmoidCrossEntropyOfLogits(NDManager manager) {
    Objective objective = Objective.of(Task.MULTI_LABEL, 0);
    // By label: rows (0, 2), (2, 90), (-90, 90).
    NDArray logits = manager.create(new float[] {0, 2, -90, 2, 90, 90}, new Shape(1, 2, 3));
    NDArray labels = manager.create(new float[] {1, 1, 0, 1, 0, 0}, new Shape(3, 2));
    double expected =
        (Math.log(2) + Math.log1p(Math.exp(2)) - 2 + Math.log1p(Math.exp(2)) + 0 + 0 + 90) / 6;
    objective.slope(logits, labels, losses);
    assertThat(losses[0]).isCloseTo(expected, within(1e-4));
  }

  /** The derivative by a logit is (sigmoid - label) / size; at 0 sigmoid is one half. */
  @Test
  void theGradientIsSigmoidMinusLabelAlsoAtZero(NDManager manager) {
    Objective objective = Objective.of(Task.MULTI_LABEL, 0);
    NDArray logits = manager.create(new float[] {0, 1, 0, -3}, new Shape(1, 2, 2));
    NDArray labels = manager.create(new float[] {1, 0, 1, 0}, new Shape(2, 2));
    assertThat(objective.slope(logits, labels, losses).toFloatArray())
        .containsExactly(
            new float[] {
              -0.5f / 4,
              (float) (1 / (1 + Math.exp(-1)) - 1) / 4,
              0.5f / 4,
              (float) (1 / (1 + Math.exp(3))) / 4
            },
            within(1e-6f));
  }

  @Test
  void chunksAddUpToOneAurocOverAllRows(NDManager manager) {
    Objective objective = Objective.of(Task.MULTI_LABEL, 0);
    Objective.Tally tally = objective.tally();
    // One label: scores 0.1, 0.4 | 0.35, 0.8 with labels 0, 0 | 1, 1 have the AUROC 0.75.
    tally.add(
        manager.create(new float[] {0.1f, 0.4f}, new Shape(1, 1, 2)),
        manager.create(new float[] {0, 0}, new Shape(2, 1)));
    tally.add(
        manager.create(new float[] {0.35f, 0.8f}, new Shape(1, 1, 2)),
        manager.create(new float[] {1, 1}, new Shape(2, 1)));
    assertThat(tally.result().score()).isEqualTo(0.75);
  }

  /** Four of six labels are right; a logit of 0 is a probability of one half, and so a no. */
  @Test
  void accuracyIsTheShareOfAllLabelsThatAreRight(NDManager manager) {
    Objective.Tally tally = Objective.of(Task.MULTI_LABEL, 0).tally();
    tally.add(
        manager.create(new float[] {0.1f, 0, -3, 2}, new Shape(1, 2, 2)),
        manager.create(new float[] {1, 0, 1, 0}, new Shape(2, 2)));
    tally.add(
        manager.create(new float[] {0, 9}, new Shape(1, 2, 1)),
        manager.create(new float[] {0, 1}, new Shape(1, 2)));
    assertThat(tally.result().accuracy()).isEqualTo(4 / 6.0);
  }

  /** Smoothing by 0.2 makes labels 0.9 and 0.1: at a logit of 2, ln(1 + e^2) - 2 * 0.9. */
  @Test
  void smoothingMovesLabelsTowardsOneHalfInTheTrainingLossOnly(NDManager manager) {
    Objective objective = Objective.of(Task.MULTI_LABEL, 0.2);
    NDArray logit = manager.create(new float[] {2}, new Shape(1, 1, 1));
    NDArray label = manager.create(new float[] {1}, new Shape(1, 1));
    objective.slope(logit, label, losses);
    assertThat(losses[0]).isCloseTo(Math.log1p(Math.exp(2)) - 1.8, within(1e-5));
    Objective.Tally tally = objective.tally();
    tally.add(logit, label);
    assertThat(tally.result().loss()).isCloseTo(Math.log1p(Math.exp(2)) - 2, within(1e-5));
  }
}

package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Losses and slopes of one network, by hand; slopes are float32, as the weights are. */
@ExtendWith(EngineExtension.class)
class ObjectiveTypeTest {
  private final double[] losses = new double[1];

  /** Half the mean square of (0, -2, 3): (4 + 9) / 3 / 2, and by the outputs (0, -2, 3) / 3. */
  @Test
  void halfTheMeanSquaredErrorOfARegression(NDManager manager) {
    NDArray outputs = manager.create(new float[] {1, 2, 3}, new Shape(1, 1, 3));
    NDArray labels = manager.create(new float[] {1, 4, 0}, new Shape(3, 1));
    NDArray slope = Objective.of(Task.REGRESSION, 0).slope(outputs, labels, losses);
    assertThat(slope.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(losses[0]).isCloseTo(13 / 6.0, within(1e-6));
    assertThat(slope.toFloatArray()).containsExactly(new float[] {0, -2 / 3f, 1}, within(1e-6f));
    assertThat(outputs.toFloatArray()).as("not changed").containsExactly(1, 2, 3);
  }

  /** Two equal logits have probability one half each, whatever is smoothed: ln 2. */
  @Test
  void smoothedCrossEntropy(NDManager manager) {
    NDArray labels = manager.create(new long[] {0});
    NDArray equal = manager.create(new float[] {3, 3}, new Shape(1, 2, 1));
    Objective objective = Objective.of(Task.SINGLE_LABEL, 0.1);
    assertThat(objective.slope(equal, labels, losses).getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(losses[0]).isCloseTo(Math.log(2), within(1e-6));
    // Logits 2 and 0: 0.95 of the label's -log p and 0.05 of the other's.
    NDArray unequal = manager.create(new float[] {2, 0}, new Shape(1, 2, 1));
    double logSum = Math.log(Math.exp(2) + 1);
    objective.slope(unequal, labels, losses);
    assertThat(losses[0]).isCloseTo(0.95 * (logSum - 2) + 0.05 * logSum, within(1e-6));
  }

  /** The mean of ln 2 and of ln(1 + e^-2), and its slope: soft-max minus label, halved. */
  @Test
  void crossEntropyIsTheMeanOverRows(NDManager manager) {
    NDArray labels = manager.create(new long[] {1, 0});
    // Rows (0, 0) and (2, 0), each a column.
    NDArray outputs = manager.create(new float[] {0, 2, 0, 0}, new Shape(1, 2, 2));
    NDArray slope = Objective.of(Task.SINGLE_LABEL, 0).slope(outputs, labels, losses);
    assertThat(losses[0]).isCloseTo((Math.log(2) + Math.log1p(Math.exp(-2))) / 2, within(1e-6));
    float second = (float) (1 / (1 + Math.exp(-2)) - 1) / 2;
    assertThat(slope.toFloatArray())
        .containsExactly(new float[] {0.25f, second, -0.25f, -second}, within(1e-6f));
  }

  /** Three rows, of which the last two have their largest logit at their label. */
  @Test
  void accuracyCountsTheLargestLogits(NDManager manager) {
    Objective.Tally tally = Objective.of(Task.SINGLE_LABEL, 0).tally();
    tally.add(
        manager.create(new float[] {1, 0, -5, 2, 5, -6}, new Shape(1, 2, 3)),
        manager.create(new long[] {0, 1, 0}));
    assertThat(tally.result().score()).isEqualTo(2 / 3.0);
    double expected =
        (Math.log1p(Math.exp(1)) + Math.log1p(Math.exp(-5)) + Math.log1p(Math.exp(-1))) / 3;
    assertThat(tally.result().loss()).isCloseTo(expected, within(1e-6));
  }
}

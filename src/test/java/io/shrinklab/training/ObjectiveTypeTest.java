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

/** The scalar that is differentiated must be float32, as the weights are. */
@ExtendWith(EngineExtension.class)
class ObjectiveTypeTest {

  @Test
  void halfTheMeanSquaredErrorOfARegression(NDManager manager) {
    NDArray output = manager.create(new float[] {1, 2, 3}, new Shape(3, 1));
    NDArray labels = manager.create(new float[] {1, 4, 0}, new Shape(3, 1));
    NDArray loss = Objective.of(Task.REGRESSION, 0).loss(output, labels);
    // (0 + 4 + 9) / 3 / 2
    assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat((double) loss.getFloat()).isCloseTo(13 / 6.0, within(1e-6));
  }

  /** Two equal logits have probability one half each, whatever is smoothed: ln 2. */
  @Test
  void smoothedCrossEntropy(NDManager manager) {
    NDArray labels = manager.create(new long[] {0});
    NDArray equal = manager.create(new float[] {3, 3}, new Shape(1, 2));
    NDArray loss = Objective.of(Task.SINGLE_LABEL, 0.1).loss(equal, labels);
    assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat((double) loss.getFloat()).isCloseTo(Math.log(2), within(1e-6));
    // Logits 2 and 0: 0.95 of the label's -log p and 0.05 of the other's.
    NDArray unequal = manager.create(new float[] {2, 0}, new Shape(1, 2));
    double logSum = Math.log(Math.exp(2) + 1);
    assertThat((double) Objective.of(Task.SINGLE_LABEL, 0.1).loss(unequal, labels).getFloat())
        .isCloseTo(0.95 * (logSum - 2) + 0.05 * logSum, within(1e-6));
  }
}

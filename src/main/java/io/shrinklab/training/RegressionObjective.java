package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.tensor.Tensor;

/**
 * Half the mean squared error, as in the usual statement of ridge and lasso, and R2 against the
 * part's own mean.
 */
final class RegressionObjective implements Objective {

  /** The residual, over n. */
  @Override
  public NDArray slope(NDArray outputs, NDArray labels, double[] losses) {
    NDArray slope = outputs.duplicate();
    Tensor memory = Tensor.of(slope);
    float[] wanted = labels.toFloatArray();
    int rows = wanted.length;
    float[] values = new float[rows];
    for (int member = 0; member < losses.length; member++) {
      memory.memory().get(member * rows, values, 0, rows);
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        float residual = values[row] - wanted[row];
        squares += (double) residual * residual;
        values[row] = residual / rows;
      }
      losses[member] = squares / rows / 2;
      memory.memory().put(member * rows, values, 0, rows);
    }
    return slope;
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double residual;
      private double sum;
      private double squares;
      private long rows;

      @Override
      public void add(NDArray outputs, NDArray labels) {
        float[] found = outputs.toFloatArray();
        float[] wanted = labels.toFloatArray();
        for (int row = 0; row < wanted.length; row++) {
          double difference = (double) found[row] - wanted[row];
          residual += difference * difference;
          sum += wanted[row];
          squares += (double) wanted[row] * wanted[row];
        }
        rows += wanted.length;
      }

      @Override
      public Evaluation result() {
        double total = squares - sum * sum / rows;
        return new Evaluation(residual / rows / 2, 1 - residual / total);
      }
    };
  }
}

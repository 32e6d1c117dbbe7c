package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Half the mean squared error, as in the usual statement of ridge and lasso, and R2 against the
 * part's own mean.
 */
final class RegressionObjective implements Objective {

  @Override
  public NDArray loss(NDArray output, NDArray labels) {
    return Objective.scaled(output.sub(labels).square().mean(), 0.5);
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double residual;
      private double sum;
      private double squares;
      private long rows;

      @Override
      public void add(NDArray output, NDArray labels) {
        NDArray exact = labels.toType(DataType.FLOAT64, false);
        residual += output.toType(DataType.FLOAT64, false).sub(exact).square().sum().getDouble();
        sum += exact.sum().getDouble();
        squares += exact.square().sum().getDouble();
        rows += labels.size();
      }

      @Override
      public Evaluation result() {
        double total = squares - sum * sum / rows;
        return new Evaluation(residual / rows / 2, 1 - residual / total);
      }
    };
  }
}

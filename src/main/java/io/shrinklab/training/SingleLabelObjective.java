package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Soft-max cross-entropy in nats, and accuracy. */
final class SingleLabelObjective implements Objective {
  private final double smoothing;

  /**
   * Makes one.
   *
   * @param smoothing the share of a class's probability that the training loss spreads over all
   *     classes (Szegedy et al. 2016)
   */
  SingleLabelObjective(double smoothing) {
    this.smoothing = smoothing;
  }

  @Override
  public NDArray loss(NDArray output, NDArray labels) {
    NDArray logProbabilities = output.logSoftmax(1);
    NDArray loss = logProbabilities.gather(labels.expandDims(1), 1).mean().neg();
    return smoothing == 0
        ? loss
        : Objective.scaled(loss, 1 - smoothing)
            .add(Objective.scaled(logProbabilities.mean(), -smoothing));
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double lossSum;
      private long right;
      private long rows;

      @Override
      public void add(NDArray output, NDArray labels) {
        NDArray picked = output.logSoftmax(1).gather(labels.expandDims(1), 1);
        lossSum -= picked.toType(DataType.FLOAT64, false).sum().getDouble();
        right += output.argMax(1).eq(labels).sum().getLong();
        rows += labels.size();
      }

      @Override
      public Evaluation result() {
        return new Evaluation(lossSum / rows, (double) right / rows);
      }
    };
  }
}

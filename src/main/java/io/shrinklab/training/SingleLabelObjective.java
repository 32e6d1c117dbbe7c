package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;

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

  /** Probabilities minus the smoothed labels, over n. */
  @Override
  public NDArray slope(NDArray outputs, NDArray labels, double[] losses) {
    NDArray logs = outputs.logSoftmax(1);
    NDArray slope = logs.exp();
    Tensor logMemory = Tensor.of(logs);
    Tensor slopeMemory = Tensor.of(slope);
    long[] classes = labels.toLongArray();
    int rows = classes.length;
    int size = slopeMemory.size() / losses.length;
    float spread = (float) (smoothing * rows / size);
    float own = (float) ((1 - smoothing) / rows);
    float[] log = new float[size];
    float[] values = new float[size];
    for (int member = 0; member < losses.length; member++) {
      logMemory.memory().get(member * size, log, 0, size);
      slopeMemory.memory().get(member * size, values, 0, size);
      scale(values, spread, 1f / rows);
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        int at = Math.toIntExact(classes[row]) * rows + row;
        sum += log[at];
        values[at] -= own;
      }
      losses[member] = -(1 - smoothing) * sum / rows;
      if (smoothing > 0) {
        losses[member] -= smoothing * sum(log) / size;
      }
      slopeMemory.memory().put(member * size, values, 0, size);
    }
    return slope;
  }

  private static void scale(float[] values, float spread, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - spread) * factor;
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double lossSum;
      private long right;
      private long rows;

      @Override
      public void add(NDArray outputs, NDArray labels) {
        float[] logs = outputs.logSoftmax(1).toFloatArray();
        long[] classes = labels.toLongArray();
        int n = classes.length;
        int[] likeliest = new int[n];
        float[] most = Arrays.copyOf(logs, n);
        for (int label = 1; label < logs.length / n; label++) {
          for (int row = 0; row < n; row++) {
            float log = logs[label * n + row];
            if (log > most[row]) {
              most[row] = log;
              likeliest[row] = label;
            }
          }
        }
        for (int row = 0; row < n; row++) {
          lossSum -= logs[Math.toIntExact(classes[row]) * n + row];
          right += likeliest[row] == classes[row] ? 1 : 0;
        }
        rows += n;
      }

      @Override
      public Evaluation result() {
        return new Evaluation(lossSum / rows, (double) right / rows);
      }
    };
  }
}

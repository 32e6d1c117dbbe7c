package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
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
    FloatBuffer logMemory = Tensor.memory(logs);
    FloatBuffer slopeMemory = Tensor.memory(slope);
    long[] classes = labels.toLongArray();
    int rows = classes.length;
    int size = slopeMemory.limit() / losses.length;
    float spread = (float) (smoothing * rows / size);
    float own = (float) ((1 - smoothing) / rows);
    float[] log = new float[size];
    float[] values = new float[size];
    for (int member = 0; member < losses.length; member++) {
      logMemory.get(member * size, log, 0, size);
      slopeMemory.get(member * size, values, 0, size);
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
      slopeMemory.put(member * size, values, 0, size);
    }
    return slope;
  }

  private static void scale(float[] values, float spread, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - spread) * factor;
    }
  }

  private static void larger(float[] most, float[] logs, int from, int n) {
    for (int row = 0; row < n; row++) {
      most[row] = Math.max(most[row], logs[from + row]);
    }
  }

  /** Whether a class is the likeliest of its row, of several the first. */
  private static boolean isFirst(float[] logs, int row, int own, int n, float most) {
    boolean first = logs[own] == most;
    for (int at = row; first && at < own; at += n) {
      first = logs[at] < most;
    }
    return first;
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
        FloatBuffer memory = Tensor.memory(outputs.logSoftmax(1));
        float[] logs = new float[memory.limit()];
        memory.get(logs);
        long[] classes = labels.toLongArray();
        int n = classes.length;
        float[] most = Arrays.copyOf(logs, n);
        for (int from = n; from < logs.length; from += n) {
          larger(most, logs, from, n);
        }
        for (int row = 0; row < n; row++) {
          int own = Math.toIntExact(classes[row]) * n + row;
          lossSum -= logs[own];
          right += isFirst(logs, row, own, n, most[row]) ? 1 : 0;
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

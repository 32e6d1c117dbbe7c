package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.Arrays;

/**
 * Sigmoid cross-entropy in nats, the mean over rows and labels; macro AUROC; and accuracy, the
 * share of all rows' labels that are right when a probability above one half means yes, as in
 * MedMNIST's evaluation (Yang et al. 2023). With a logit x and a label y the loss is log(1 +
 * exp(x)) - x * y.
 */
final class MultiLabelObjective implements Objective {
  private final double smoothing;

  /**
   * Makes one.
   *
   * @param smoothing how far the training loss moves labels 0 and 1 towards one half: by half of it
   */
  MultiLabelObjective(double smoothing) {
    this.smoothing = smoothing;
  }

  @Override
  public NDArray loss(NDArray output, NDArray labels) {
    if (smoothing == 0) {
      return elementwise(output, labels).mean();
    }
    NDArray wanted = Objective.scaled(labels, 1 - smoothing);
    NDArray half = output.getManager().full(labels.getShape(), (float) (smoothing / 2));
    return elementwise(output, wanted.add(half)).mean();
  }

  private static NDArray elementwise(NDArray output, NDArray labels) {
    return Activation.softPlus(output).sub(output.mul(labels));
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double lossSum;
      private int labelCount;
      private float[] scores = new float[0];
      private float[] truth = new float[0];

      @Override
      public void add(NDArray output, NDArray labels) {
        labelCount = Math.toIntExact(labels.getShape().get(1));
        lossSum += elementwise(output, labels).toType(DataType.FLOAT64, false).sum().getDouble();
        scores = joined(scores, output.toFloatArray());
        truth = joined(truth, labels.toFloatArray());
      }

      @Override
      public Evaluation result() {
        boolean[] positive = new boolean[truth.length];
        long right = 0;
        for (int i = 0; i < positive.length; i++) {
          positive[i] = truth[i] == 1;
          right += scores[i] > 0 == positive[i] ? 1 : 0;
        }
        return new Evaluation(
            lossSum / truth.length,
            Auroc.macro(scores, positive, labelCount),
            (double) right / truth.length);
      }
    };
  }

  private static float[] joined(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}

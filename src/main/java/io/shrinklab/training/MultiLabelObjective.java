package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;

/**
 * Sigmoid cross-entropy in nats, the mean over rows and labels; macro AUROC; and accuracy, the
 * share of all rows' labels that are right when a probability above one half means yes, as in
 * MedMNIST's evaluation (Yang et al. 2023). With a logit x and a label y the loss is log(1 +
 * exp(x)) - x * y.
 */
final class MultiLabelObjective implements Objective {
  private final float smoothing;

  /**
   * Makes one.
   *
   * @param smoothing how far the training loss moves labels 0 and 1 towards one half: by half of it
   */
  MultiLabelObjective(double smoothing) {
    this.smoothing = (float) smoothing;
  }

  /** Probabilities minus the smoothed labels, over rows times labels. */
  @Override
  public NDArray slope(NDArray outputs, NDArray labels, double[] losses) {
    NDArray slope = Activation.sigmoid(outputs);
    Tensor logits = Tensor.of(outputs);
    Tensor softPlus = Tensor.of(Activation.softPlus(outputs));
    Tensor memory = Tensor.of(slope);
    float[] wanted = byLabel(labels);
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = wanted[i] * (1 - smoothing) + smoothing / 2;
    }
    int size = wanted.length;
    float[] x = new float[size];
    float[] soft = new float[size];
    float[] values = new float[size];
    for (int member = 0; member < losses.length; member++) {
      logits.memory().get(member * size, x, 0, size);
      softPlus.memory().get(member * size, soft, 0, size);
      memory.memory().get(member * size, values, 0, size);
      losses[member] = loss(x, soft, wanted) / size;
      for (int i = 0; i < size; i++) {
        values[i] = (values[i] - wanted[i]) / size;
      }
      memory.memory().put(member * size, values, 0, size);
    }
    return slope;
  }

  private static double loss(float[] x, float[] softPlus, float[] wanted) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += softPlus[i] - (double) x[i] * wanted[i];
    }
    return sum;
  }

  /** [n, labels] as [labels, n], like the outputs. */
  private static float[] byLabel(NDArray labels) {
    return labels.swapAxes(0, 1).flatten().toFloatArray();
  }

  @Override
  public Tally tally() {
    return new Tally() {
      private double lossSum;
      private int labelCount;
      private float[] scores = new float[0];
      private float[] truth = new float[0];

      @Override
      public void add(NDArray outputs, NDArray labels) {
        labelCount = Math.toIntExact(labels.getShape().get(1));
        float[] softPlus = Activation.softPlus(outputs).toFloatArray();
        lossSum += loss(outputs.toFloatArray(), softPlus, byLabel(labels));
        scores = joined(scores, outputs.squeeze(0).swapAxes(0, 1).flatten().toFloatArray());
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

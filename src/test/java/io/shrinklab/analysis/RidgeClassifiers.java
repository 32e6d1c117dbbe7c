package io.shrinklab.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Least squares on classes as 0 and 1, with {@code rows * strength * |w|^2} beside it, bias free:
 * the exact minimum, so nothing but the rows makes seeds differ.
 */
record RidgeClassifiers(StudyDigits digits, List<Double> strengths) implements StudyLearner {
  private static final int WIDTH = StudyDigits.WIDTH;
  private static final int CLASSES = StudyDigits.CLASSES;

  @Override
  public List<String> treatments() {
    return strengths.stream().map(strength -> "ridge " + strength).toList();
  }

  @Override
  public double[] scores(int[] train, int[] validation, SplittableRandom random) {
    double[][] gram = new double[WIDTH][WIDTH];
    double[][] targets = new double[CLASSES][WIDTH];
    for (int row : train) {
      float[] x = digits.features(row);
      double[] sums = targets[digits.label(row)];
      for (int i = 0; i < WIDTH; i++) {
        float value = x[i];
        if (value != 0) {
          sums[i] += value;
          for (int j = 0; j <= i; j++) {
            gram[i][j] += value * x[j];
          }
        }
      }
    }
    double[] scores = new double[strengths.size()];
    for (int s = 0; s < scores.length; s++) {
      double[][] factor = cholesky(gram, strengths.get(s) * train.length);
      double[][] weights =
          Arrays.stream(targets).map(b -> solve(factor, b)).toArray(double[][]::new);
      scores[s] = digits.accuracy(validation, x -> outputs(weights, x));
    }
    return scores;
  }

  private static float[] outputs(double[][] weights, float[] x) {
    float[] outputs = new float[CLASSES];
    for (int c = 0; c < CLASSES; c++) {
      double sum = 0;
      for (int i = 0; i < WIDTH; i++) {
        sum += weights[c][i] * x[i];
      }
      outputs[c] = (float) sum;
    }
    return outputs;
  }

  /** The lower factor of the matrix with the penalty on its diagonal, but for the bias. */
  private static double[][] cholesky(double[][] gram, double penalty) {
    double[][] factor = new double[WIDTH][WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[i][j] + (i == j && i < WIDTH - 1 ? penalty : 0);
        for (int k = 0; k < j; k++) {
          sum -= factor[i][k] * factor[j][k];
        }
        factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
      }
    }
    return factor;
  }

  private static double[] solve(double[][] factor, double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < WIDTH; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= factor[i][k] * x[k];
      }
      x[i] /= factor[i][i];
    }
    for (int i = WIDTH - 1; i >= 0; i--) {
      for (int k = i + 1; k < WIDTH; k++) {
        x[i] -= factor[k][i] * x[k];
      }
      x[i] /= factor[i][i];
    }
    return x;
  }
}

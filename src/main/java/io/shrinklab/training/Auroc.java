package io.shrinklab.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the receiver operating characteristic: the probability that a positive row scores
 * higher than a negative one, ties counting one half (Hanley and McNeil 1982).
 */
final class Auroc {
  private Auroc() {}

  /**
   * Of one label, by the sum of the positive rows' mid-ranks (Mann and Whitney's U).
   *
   * @param scores a number per row, larger for more likely positive
   * @param positive whether each row is positive
   * @return in 0..1; NaN where all rows are positive or all negative, or a score is NaN
   */
  static double of(float[] scores, boolean[] positive) {
    int n = scores.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(length -> new Integer[length]);
    Arrays.sort(order, Comparator.comparingDouble(row -> scores[row]));
    double rankSum = 0;
    long positives = 0;
    for (int start = 0; start < n; ) {
      float score = scores[order[start]];
      if (Float.isNaN(score)) {
        return Double.NaN;
      }
      int end = start;
      int tiedPositives = 0;
      // Compared as numbers: the order above puts -0 before 0, which are a tie.
      while (end < n && scores[order[end]] == score) {
        tiedPositives += positive[order[end]] ? 1 : 0;
        end++;
      }
      // Ranks start + 1 to end: each of the tied rows takes their mean.
      rankSum += tiedPositives * ((start + 1 + end) / 2.0);
      positives += tiedPositives;
      start = end;
    }
    long negatives = n - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    return (rankSum - positives * (positives + 1) / 2.0) / positives / negatives;
  }

  /**
   * The mean over labels, each weighing the same; labels without positive or without negative rows
   * have no AUROC and are left out.
   *
   * @param scores [rows, labels], row after row
   * @param positive likewise
   * @return in 0..1; NaN where no label has one, or where a score is NaN
   */
  static double macro(float[] scores, boolean[] positive, int labels) {
    int rows = labels == 0 ? 0 : scores.length / labels;
    double sum = 0;
    int counted = 0;
    for (int label = 0; label < labels; label++) {
      float[] column = new float[rows];
      boolean[] truth = new boolean[rows];
      int positives = 0;
      for (int row = 0; row < rows; row++) {
        column[row] = scores[row * labels + label];
        truth[row] = positive[row * labels + label];
        positives += truth[row] ? 1 : 0;
      }
      if (positives > 0 && positives < rows) {
        sum += of(column, truth);
        counted++;
      }
    }
    return sum / counted;
  }
}

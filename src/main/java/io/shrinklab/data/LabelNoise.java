package io.shrinklab.data;

import java.util.SplittableRandom;

/** Labels drawn at random, so that a network can overfit. */
final class LabelNoise {
  private LabelNoise() {}

  /**
   * Replaces labels by labels drawn uniformly from all classes, the true one included.
   *
   * @param labels of the training part
   * @param outputs how many classes
   * @param share of the labels to replace, in 0..1; the number of rows is rounded to the nearest
   * @param random the stream of the noise
   * @return a new array
   */
  static int[] apply(int[] labels, int outputs, double share, SplittableRandom random) {
    int[] noisy = labels.clone();
    int replaced = Math.toIntExact(Math.round(share * labels.length));
    int[] order = Permutation.of(labels.length, random);
    for (int i = 0; i < replaced; i++) {
      noisy[order[i]] = random.nextInt(outputs);
    }
    return noisy;
  }
}

package io.shrinklab.analysis;

import java.util.List;
import java.util.SplittableRandom;

/** Trains the treatments of {@link OverlapStudy}. */
interface StudyLearner {
  /** Their names, none first. */
  List<String> treatments();

  /**
   * Trains each on a split.
   *
   * @param random what the split's seed gives: starts and order of batches, shared by the
   *     treatments
   * @return the validation accuracy of each
   */
  double[] scores(int[] train, int[] validation, SplittableRandom random);
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;

/**
 * How much the splits of two seeds have in common.
 *
 * <p>A seed's difference is a function of its training and its validation rows. Let V of the M rows
 * of a pool validate and T of N train. A term of the difference that depends on d validation rows
 * and c training rows varies, from pool to pool, by the share (V / M)^d (T / N)^c of what it varies
 * by over single splits (Hoeffding 1948, to the first order in 1 / M and 1 / N). What decides
 * between treatments that are nearly as good is the term of one validation row and one training
 * row, whether this row is learned from that one:
 *
 * <pre>rho = V / M * T / N</pre>
 *
 * <p>Where all seeds validate on the same rows, or train on the same, V = M or T = N, and rho is
 * the share that is drawn anew. For what is claimed then, about these rows, no term has a larger
 * share, so rho is an upper bound. What starts and batches add has no share and makes rho err on
 * the safe side. The evidence is in docs/analysis.md.
 */
final class Overlap {
  private Overlap() {}

  /** How the parts of different seeds are drawn. */
  static Layout layout(DataSpec.Split split, PartSizes sizes) {
    if (split == DataSpec.Split.FIXED) {
      return Layout.ONE_SPLIT;
    }
    if (sizes.validationPool() == 0) {
      return Layout.ONE_POOL;
    }
    boolean sameTraining = sizes.train() >= sizes.pool();
    boolean sameValidation = sizes.validation() >= sizes.validationPool();
    if (sameTraining) {
      return sameValidation ? Layout.ONE_SPLIT : Layout.SAME_TRAINING_ROWS;
    }
    return sameValidation ? Layout.SAME_VALIDATION_ROWS : Layout.OWN_VALIDATION_POOL;
  }

  /**
   * What the overlap adds to 1 / n in the variance of a mean over n seeds that each draw their own
   * rows: rho / (1 - rho), or 0 where there is nothing to draw.
   *
   * @param sizes rows in the parts; a pool that is smaller than its parts, as old results may say,
   *     counts as used up
   */
  static double ratio(PartSizes sizes) {
    if (layout(DataSpec.Split.PER_SEED, sizes) == Layout.ONE_SPLIT) {
      return 0;
    }
    boolean onePool = sizes.validationPool() == 0;
    double pool = Math.max(sizes.pool(), sizes.train() + (onePool ? sizes.validation() : 0));
    double validationPool = onePool ? pool : Math.max(sizes.validationPool(), sizes.validation());
    double rho = sizes.validation() / validationPool * sizes.train() / pool;
    return rho / (1 - rho);
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * How much the splits of two seeds have in common.
 *
 * <p>A seed's difference is a function of its training and its validation rows. Let T of the N rows
 * of a pool train and V of the M rows of a pool validate. A term of the difference that depends on
 * c training and d validation rows varies, from pool to pool, by (T / N)^c (V / M)^d of what it
 * varies by from split to split (Hoeffding 1948). So rho, the correlation of two seeds, is between
 * the shares of the terms that matter:
 *
 * <ul>
 *   <li>The validation rows are the same for all seeds, and the answer holds for them: only
 *       training rows vary, and no term has more than <b>T / N</b>.
 *   <li>Likewise <b>V / M</b> where the training rows are the same.
 *   <li>Both drawn from one pool: the term of a pair, whether one row is learned from another, has
 *       V / N * T / N. What a row adds as a validation row by itself is mostly taken back where it
 *       is a training row of other seeds; for the rest, T is set against rows halfway between all
 *       and those that a seed leaves to training: <b>V / N * T / (N - V / 2)</b>.
 *   <li>Each from a pool of its own: nothing takes it back, and that term has V / M. As though it
 *       were half of the variance, which is more than was found, rho is <b>V / M * (1 + T / N) /
 *       2</b>.
 * </ul>
 *
 * <p>What starts and batches add has no share; it makes rho err on the safe side. The evidence is
 * in docs/analysis.md.
 */
final class Overlap {
  private Overlap() {}

  /** How the parts of different seeds are drawn. */
  static Layout layout(DataSpec.Split split, PartSizes sizes) {
    if (split == DataSpec.Split.FIXED) {
      return Layout.ONE_SPLIT;
    }
    if (sizes.pool() == PartSizes.UNLIMITED) {
      return Layout.OWN_ROWS;
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
   * rows: rho / (1 - rho); 0 where there is nothing to draw.
   *
   * @param sizes rows in the parts; one pool that is smaller than its parts, as old results may
   *     say, counts as used up
   */
  static double ratio(PartSizes sizes) {
    double train = trainingShare(sizes);
    double validation =
        sizes.validationPool() == 0
            ? sizes.validation() / pool(sizes)
            : sizes.validation() / (double) sizes.validationPool();
    double rho =
        switch (layout(DataSpec.Split.PER_SEED, sizes)) {
          case ONE_SPLIT, OWN_ROWS -> 0;
          case ONE_POOL -> validation * train / (1 - validation / 2);
          case OWN_VALIDATION_POOL -> validation * (1 + train) / 2;
          case SAME_VALIDATION_ROWS -> train;
          case SAME_TRAINING_ROWS -> validation;
        };
    return rho / (1 - rho);
  }

  /** The ratio for validation scores of a variant; 0 where all seeds share one split. */
  static double validation(DataSpec data, @Nullable PartSizes sizes) {
    return sizes == null || data.split() == DataSpec.Split.FIXED ? 0 : ratio(sizes);
  }

  /**
   * The ratio for test scores. A test part that is the rest of the one pool is drawn anew by every
   * seed as the validation part is, and stands in its place. One of its own is the same for all
   * seeds: what is said holds for its rows, and only the training parts overlap.
   */
  static double test(DataSpec data, @Nullable PartSizes sizes) {
    if (sizes == null || data.split() == DataSpec.Split.FIXED) {
      return 0;
    }
    boolean rest =
        sizes.validationPool() == 0
            && sizes.train() + sizes.validation() + sizes.test() == sizes.pool();
    return ratio(
        new PartSizes(
            sizes.train(),
            /* validation= */ sizes.test(),
            /* test= */ sizes.validation(),
            sizes.pool(),
            /* validationPool= */ rest ? 0 : sizes.test()));
  }

  /**
   * The same for differences of the training score, which no validation row enters: as though half
   * of the variance were of training rows alone and half of pairs of them, T / N * (1 + T / N) / 2;
   * 0 where all seeds train on the same rows.
   */
  static double trainingRatio(PartSizes sizes) {
    if (!layout(DataSpec.Split.PER_SEED, sizes).drawsTraining()) {
      return 0;
    }
    double share =
        layout(DataSpec.Split.PER_SEED, sizes) == Layout.OWN_ROWS ? 0 : trainingShare(sizes);
    double rho = share * (1 + share) / 2;
    return rho / (1 - rho);
  }

  private static double trainingShare(PartSizes sizes) {
    return sizes.train() / pool(sizes);
  }

  private static double pool(PartSizes sizes) {
    return sizes.validationPool() == 0
        ? Math.max(sizes.pool(), sizes.train() + sizes.validation())
        : sizes.pool();
  }
}

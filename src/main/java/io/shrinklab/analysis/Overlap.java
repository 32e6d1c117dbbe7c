package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * How much the splits of two seeds have in common, when each seed draws its own parts out of one
 * pool.
 *
 * <p>Nadeau and Bengio (2003) take the correlation between two seeds' differences as {@code n_test
 * / (n_test + n_train)}, the chance that a test row is in both, as though the two training parts
 * gave the same function; that is meant for parts that use up the pool. When they do not, training
 * parts share fewer rows and the functions are less alike. So the chance that a validation row is
 * in both is multiplied here by the share of the other rows that training sees:
 *
 * <pre>rho = validation / pool * train / (pool - validation)</pre>
 *
 * <p>which is Nadeau and Bengio's where train + validation = pool. The evidence, from networks on
 * pools drawn out of a large population, is in docs/analysis.md.
 */
final class Overlap {
  private Overlap() {}

  /**
   * What the overlap adds to 1 / n in the variance of a mean over seeds: rho / (1 - rho).
   *
   * @param sizes rows in the parts; a pool that is smaller than its parts, as old results may say,
   *     counts as used up
   */
  static double ratio(PartSizes sizes) {
    double pool = Math.max(sizes.pool(), sizes.train() + sizes.validation());
    double rho = sizes.validation() / pool * sizes.train() / (pool - sizes.validation());
    return rho / (1 - rho);
  }

  /** The ratio for validation scores of a variant; 0 where all seeds share one split. */
  static double validation(DataSpec data, @Nullable PartSizes sizes) {
    return sizes == null || data.split() == DataSpec.Split.FIXED ? 0 : ratio(sizes);
  }

  /**
   * The ratio for test scores. A test part that is the rest of the pool is drawn anew by every seed
   * as the validation part is, and stands in its place. One of its own is the same for all seeds:
   * what is said holds for its rows, and the training parts overlap as they do for validation.
   */
  static double test(DataSpec data, @Nullable PartSizes sizes) {
    if (sizes == null || sizes.train() + sizes.validation() + sizes.test() > sizes.pool()) {
      return validation(data, sizes);
    }
    return validation(
        data,
        new PartSizes(
            sizes.train(),
            /* validation= */ sizes.test(),
            /* test= */ sizes.validation(),
            sizes.pool()));
  }
}

package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;

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
}

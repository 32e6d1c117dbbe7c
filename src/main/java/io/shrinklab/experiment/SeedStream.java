package io.shrinklab.experiment;

import java.util.SplittableRandom;

/**
 * The separate streams of random numbers that a run draws from. Each depends on the run's seed and
 * its own name alone, so that drawing more numbers from one (a larger network, say) leaves the
 * others as they are, and no stream depends on the penalty: variants are paired.
 */
public enum SeedStream {
  /** Which rows train, validate and test. */
  SPLIT,
  /** Which training labels are replaced, and by what. */
  LABEL_NOISE,
  /** Initial weights. */
  INITIAL_WEIGHTS,
  /** The order of the training rows, drawn again each epoch. */
  BATCH_ORDER,
  /** Dropped units. */
  DROPOUT;

  /**
   * A fresh generator for this stream of a run; SplittableRandom's algorithm is fixed by its
   * specification.
   */
  public SplittableRandom of(long seed) {
    // Two splits away from the root: neighbouring seeds and streams share no gamma.
    SplittableRandom root = new SplittableRandom(seed * 31 + ordinal());
    return new SplittableRandom(root.nextLong() ^ Long.rotateLeft(seed, 32));
  }
}

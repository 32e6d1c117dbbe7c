package io.shrinklab.spec;

import java.util.SplittableRandom;

/**
 * The separate streams of random numbers that a run draws from. Each depends on the run's seed and
 * its own key alone, so that drawing more numbers from one (a larger network, say) leaves the
 * others as they are, and no stream depends on the penalty: variants are paired.
 */
public enum SeedStream {
  /** Which rows train, validate and test. */
  SPLIT(1),
  /** Which training labels are replaced, and by what. */
  LABEL_NOISE(2),
  /** Initial weights. */
  INITIAL_WEIGHTS(3),
  /** The order of the training rows, drawn again each epoch. */
  BATCH_ORDER(4),
  /** Dropped units. */
  DROPOUT(5),
  /** Rows that are drawn from a distribution. */
  DRAWN_ROWS(6),
  /** Coefficients of synthetic data; from a seed of the data's own, the same for all runs. */
  TRUTH(7);

  /** Decides what every stored run drew: never change or reuse one. */
  private final int key;

  SeedStream(int key) {
    this.key = key;
  }

  /**
   * A fresh generator for this stream of a run; SplittableRandom's algorithm is fixed by its
   * specification.
   */
  public SplittableRandom of(long seed) {
    // Hashed twice, so that neighbouring seeds and streams start far apart.
    long start = new SplittableRandom(seed * 31 + key).nextLong();
    return new SplittableRandom(start ^ Long.rotateLeft(seed, 32));
  }
}

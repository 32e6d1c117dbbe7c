package io.shrinklab.analysis;

import java.lang.ref.SoftReference;
import java.util.SplittableRandom;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A stream of standard normal numbers, the same each time it is begun. Its beginning is remembered
 * as long as memory allows: a page asks each of its baselines, of all their comparisons, with the
 * same numbers.
 */
final class Normals {
  private static final long RANDOM_SEED = 19_930_101;

  /** Streams up to this long are remembered. */
  private static final int MOST = 1 << 21;

  private static volatile SoftReference<float[]> remembered = new SoftReference<>(new float[0]);

  private final float[] first;
  private final ContinuousSampler rest;
  private int at;

  /**
   * Begins.
   *
   * @param count how many numbers will be asked for, at most
   */
  Normals(long count) {
    first = count > MOST ? new float[0] : beginning((int) count);
    rest = sampler();
  }

  /** The next one; those beyond the count are others. */
  float next() {
    return at < first.length ? first[at++] : (float) rest.sample();
  }

  private static float[] beginning(int count) {
    float[] known = remembered.get();
    if (known != null && known.length >= count) {
      return known;
    }
    ContinuousSampler sampler = sampler();
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) sampler.sample();
    }
    remembered = new SoftReference<>(numbers);
    return numbers;
  }

  private static ContinuousSampler sampler() {
    return ZigguratSampler.NormalizedGaussian.of(new SplittableRandom(RANDOM_SEED)::nextLong);
  }
}

package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;

/** Any p &gt; 1 without closed forms. */
final class LAboveOne extends PowerKernel {
  /** From starts within a factor of 2 in one of its terms, quadratic steps reach float32. */
  private static final int MOST_STEPS = 8;

  /**
   * The steps end when the last one changed no y by a larger share: the next would change its
   * square.
   */
  private static final float NEAR = 1e-4f;

  /** Keeps 0 / 0 away; far below every power of a weight that matters. */
  private static final float TINY = 1e-38f;

  /** Bounds for q and its products, beyond which y is 0 for all that matters. */
  private static final float LARGE_Q = 0x1p50f;

  private static final float LARGE = 1e30f;

  /** A y below this is as good as 0, and its changes don't count. */
  private static final float SMALL = 1e-12f;

  private final double p;
  private final ElementwisePower power = new ElementwisePower();
  private final float[] powers = new float[Portions.LENGTH];
  private final float[] q = new float[Portions.LENGTH];
  private final float[] y = new float[Portions.LENGTH];

  LAboveOne(double p) {
    this.p = p;
  }

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = Math.pow(Math.abs(w[i]), p);
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    power.apply(w, p - 1, powers, count);
    for (int i = 0; i < count; i++) {
      g[i] += c * (powers[i] * sign(w[i]));
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    power.apply(old, p - 2, powers, count);
    shrinkByPower(w, powers, count, c);
    if (p < 2) {
      keepZeros(w, old, count);
    }
  }

  /**
   * The root of {@code x + t p x^(p-1) = |v|}. In {@code y = x / |v|} it reads {@code y + q y^(p-1)
   * = 1} with {@code q = t p |v|^(p-2)}, and is solved by Newton's method from the side on which
   * its steps cannot overshoot: from above where the left side is convex (p &gt; 2), from below
   * where it is concave (p &lt; 2).
   */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    power.apply(v, Math.abs(p - 2), q, count);
    float tp = (float) (strength * p);
    if (p > 2) {
      for (int i = 0; i < count; i++) {
        q[i] = Math.min(LARGE_Q, q[i] * tp * steps[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        q[i] = Math.min(LARGE_Q, tp * steps[i] / (q[i] + TINY));
      }
    }
    start(count);
    for (int step = 0; step < MOST_STEPS; step++) {
      power.apply(y, p - 2, powers, count);
      newton(q, powers, y, count, (float) (p - 1));
      if (largest(powers, count) < NEAR) {
        break;
      }
    }
    for (int i = 0; i < count; i++) {
      v[i] = withoutDust(v[i] * Math.min(1f, y[i]));
    }
  }

  /**
   * The root is at most 1 and at most (1/q)^(1/(p-1)), so the smaller of both is above it; with 1/2
   * for 1 the smaller is below it, and so is what one step of Newton's from 1 gives for p below 2.
   */
  private void start(int count) {
    float share = p > 2 ? 1 : 0.5f;
    for (int i = 0; i < count; i++) {
      y[i] = share / (q[i] + TINY);
    }
    power.apply(y, 1 / (p - 1), y, count);
    float slope = (float) (p - 1);
    for (int i = 0; i < count; i++) {
      float fromOne = (1 + q[i] * (slope - 1)) / (1 + q[i] * slope);
      float simple = Math.min(share, y[i]);
      y[i] = p > 2 ? simple : Math.max(fromOne, simple);
    }
  }

  /** One step; {@code powers}, y^(p-2) before, holds the changes as shares of y afterwards. */
  private static void newton(float[] q, float[] powers, float[] y, int n, float slope) {
    for (int i = 0; i < n; i++) {
      float r = Math.min(LARGE, q[i] * powers[i]);
      float change = ((r + 1) * y[i] - 1) / (r * slope + 1);
      y[i] = Math.max(TINY, y[i] - change);
      powers[i] = Math.abs(change) / (y[i] + SMALL);
    }
  }

  private static float largest(float[] values, int n) {
    float largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, values[i]);
    }
    return largest;
  }
}

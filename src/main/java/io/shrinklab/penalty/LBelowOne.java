package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;
import java.util.function.DoubleUnaryOperator;

/** Any 0 &lt; p &lt; 1. */
sealed class LBelowOne extends PowerKernel permits LHalf, LTwoThirds {
  /** Keeps 0 / 0 away; far below every power of a weight that matters. */
  private static final float TINY = 1e-38f;

  private final double p;
  private final RootShare share;
  private final ElementwisePower power = new ElementwisePower();
  private final float[] powers = new float[Portions.LENGTH];
  private final float[] kept = new float[Portions.LENGTH];

  LBelowOne(double p) {
    this(p, ratio -> shareByNewton(p, ratio));
  }

  /**
   * Makes one.
   *
   * @param share the larger root of {@code y + t p y^(p-1) = 1} for a t above 0
   */
  LBelowOne(double p, DoubleUnaryOperator share) {
    this.p = p;
    this.share = new RootShare(p, share);
  }

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = Math.pow(Math.abs(w[i]), p);
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      powers[i] = w[i] * w[i] + epsilon;
    }
    power.apply(powers, p / 2 - 1, powers, count);
    for (int i = 0; i < count; i++) {
      g[i] += c * (powers[i] * w[i]);
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    power.apply(old, p - 2, powers, count);
    shrinkByPower(w, powers, count, c);
    keepZeros(w, old, count);
  }

  /**
   * With {@code x0 = (2 t (1-p))^(1/(2-p))}, 0 up to the threshold {@code x0 (2-p) / (2 (1-p))},
   * above it the larger root of {@code x + t p x^(p-1) = |v|} (Marjanovic and Solo 2012), from
   * {@link RootShare}.
   */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    ratioPowers(v, powers, count);
    float largest = share.largest;
    for (int i = 0; i < count; i++) {
      float ratio = strength * steps[i] / (powers[i] + TINY);
      // 1 above the threshold and 0 up to it, without a branch: half of them would be mispredicted.
      kept[i] = Math.max(0f, Math.min(1f, (largest - ratio) * Float.MAX_VALUE)) * v[i];
      powers[i] = ratio;
    }
    share.apply(powers, count);
    for (int i = 0; i < count; i++) {
      v[i] = powers[i] * kept[i];
    }
  }

  /** |v|^(2-p). */
  void ratioPowers(float[] v, float[] into, int count) {
    power.apply(v, 2 - p, into, count);
  }

  private static double shareByNewton(double p, double t) {
    double x = 1;
    for (int step = 0; step < 100; step++) {
      double pull = t * p * Math.pow(x, p - 2);
      double next = x - (x + pull * x - 1) / (1 + (p - 1) * pull);
      // From the right of a convex function's root the steps only fall; once they don't, this is
      // it.
      if (!(next < x)) {
        return x;
      }
      x = next;
    }
    return x;
  }
}

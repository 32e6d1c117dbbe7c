package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;
import java.util.function.DoubleUnaryOperator;

/** Any 0 &lt; p &lt; 1. */
sealed class LBelowOne extends PowerKernel permits LHalf, LTwoThirds {
  /** Keeps 0 / 0 away; far below every power of a weight that matters. */
  private static final float TINY = 1e-38f;

  private final double p;
  private final ElementwisePower gradientPower;
  private final ElementwisePower shrinkagePower;
  private final ElementwisePower ratioPower;
  private final RootShare share;
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
    this.gradientPower = new ElementwisePower(p / 2 - 1);
    this.shrinkagePower = new ElementwisePower(p - 2);
    this.ratioPower = new ElementwisePower(2 - p);
    this.share = new RootShare(p, share);
  }

  @Override
  public double powerSum(float[] w, int count) {
    return sumOfPowers(w, count, p);
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    smoothedSquares(powers, w, count, epsilon);
    gradientPower.apply(powers, powers, count);
    addProduct(g, w, powers, count, c);
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    shrinkagePower.apply(old, powers, count);
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
    float largest = share.largest();
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
    ratioPower.apply(v, into, count);
  }

  private static void smoothedSquares(float[] into, float[] w, int n, float epsilon) {
    for (int i = 0; i < n; i++) {
      into[i] = w[i] * w[i] + epsilon;
    }
  }

  private static void addProduct(float[] g, float[] w, float[] powers, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * (powers[i] * w[i]);
    }
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

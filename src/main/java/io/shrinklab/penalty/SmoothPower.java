package io.shrinklab.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDScope;
import java.nio.FloatBuffer;

/**
 * Any other p &gt; 1: the positive root of {@code x + t p x^(p-1) = |v|}, by Newton's method from
 * the side on which its steps cannot overshoot: from above where the left side is convex (p &gt;
 * 2), from below where it is concave (p &lt; 2).
 */
final class SmoothPower implements ProximalOperator {
  /**
   * Starts are within a factor of 2 of the root in one of its terms; eight quadratic steps reach
   * float32 from there.
   */
  private static final int STEPS = 8;

  private final double p;
  private final Chunks chunks = new Chunks();

  SmoothPower(double p) {
    this.p = p;
  }

  @Override
  public void apply(Tensor weights, StepSizes steps, double strength) {
    if (strength == 0) {
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Tensor sizes = Tensor.of(weights.array().zerosLike());
      chunks.combine(sizes.memory(), steps, (into, s, n) -> System.arraycopy(s, 0, into, 0, n));
      // The derivative of t |x|^p is tp x^(p-1).
      NDArray tp = sizes.array().muli(strength * p);
      NDArray a = weights.array().abs();
      // The root is at most |v| and at most (|v| / tp)^(1/(p-1)); with |v| / 2 for |v| it is at
      // least
      // the smaller of both.
      NDArray share = a.mul(p > 2 ? 1 : 0.5);
      NDArray x = NDArrays.minimum(share, share.div(tp).log().muli(1 / (p - 1)).exp());
      for (int step = 0; step < STEPS; step++) {
        NDArray r = x.log().muli(p - 2).exp().muli(tp);
        NDArray residual = r.add(1).muli(x).subi(a);
        x = x.sub(residual.divi(r.muli(p - 1).addi(1)));
      }
      FloatBuffer roots = Tensor.of(x).memory();
      chunks.combine(weights.memory(), roots, SmoothPower::select);
    }
  }

  /**
   * Roots of tiny values can be 0/0, which rounds to 0; rounding may lift a root above its value.
   */
  private static void select(float[] v, float[] roots, int n) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      if (!Float.isNaN(a)) {
        v[i] = roots[i] >= 0 ? Math.copySign(Math.min(roots[i], a), v[i]) : 0f;
      }
    }
  }
}

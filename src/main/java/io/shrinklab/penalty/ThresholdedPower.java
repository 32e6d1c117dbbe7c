package io.shrinklab.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.FloatBuffer;

/**
 * 0 &lt; p &lt; 1: with {@code x0 = (2 t (1-p))^(1/(2-p))}, 0 up to the threshold {@code x0 (2-p) /
 * (2 (1-p))}, above it the larger root of {@code x + t p x^(p-1) = |v|} (Marjanovic and Solo 2012).
 *
 * <p>Most weights lie far above the threshold, where two Newton steps from {@code |v|} reach
 * float32 precision (the error after them is below 1e-9 from four thresholds on); these steps run
 * over whole arrays. The few weights near the threshold are solved one by one in double precision:
 * in closed form for p = 1/2 and 2/3, else by Newton's method to convergence.
 */
final class ThresholdedPower implements ProximalOperator {
  /** From this many thresholds on, two Newton steps are exact to float32. */
  private static final float FAR = 4;

  private final double p;
  private final Chunks chunks = new Chunks();

  ThresholdedPower(double p) {
    this.p = p;
  }

  @Override
  public void apply(Tensor weights, double t) {
    if (t == 0) {
      return;
    }
    float threshold = (float) threshold(t);
    if (p == 0.5) {
      // On y = sqrt(x) the equation is the cubic y^3 - |v| y + t / 2 = 0: no power is needed.
      float[] far = new float[Chunks.LENGTH];
      chunks.update(
          weights.memory(),
          (v, n) -> {
            farCubic(v, far, n, (float) (t / 2));
            select(v, far, n, threshold, t);
          });
    } else {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        FloatBuffer far = Tensor.of(farNewton(weights.array(), t)).memory();
        chunks.combine(weights.memory(), far, (v, x, n) -> select(v, x, n, threshold, t));
      }
    }
  }

  /** Values up to this in size become 0. */
  double threshold(double t) {
    return Math.pow(2 * t * (1 - p), 1 / (2 - p)) * (2 - p) / (2 * (1 - p));
  }

  /** The larger root for one size above the threshold, in double precision. */
  double root(double a, double t) {
    if (p == 0.5) {
      // Xu, Chang, Xu and Zhang 2012, for (x - v)^2 / 2 instead of their (x - v)^2.
      double angle = Math.acos(t / 4 * Math.pow(a / 3, -1.5));
      return 2.0 / 3 * a * (1 + Math.cos(2.0 / 3 * (Math.PI - angle)));
    }
    if (p == 2.0 / 3) {
      // Ferrari's resolution of y^4 - a y + 2 t / 3 = 0 for y = x^(1/3) (Cao, Sun and Xu 2013).
      double c = 27 * a * a / 16 * Math.pow(2 * t, -1.5);
      double u = 2 / Math.sqrt(3) * Math.pow(2 * t, 0.25) * Math.sqrt(Math.cosh(acosh(c) / 3));
      double y = (u + Math.sqrt(2 * a / u - u * u)) / 2;
      return y * y * y;
    }
    double x = a;
    for (int step = 0; step < 50; step++) {
      double pull = t * p * Math.pow(x, p - 2);
      double next = x - (x + pull * x - a) / (1 + (p - 1) * pull);
      // From the right of a convex function's root the steps only fall; once they don't, this is
      // it.
      if (!(next < x)) {
        return x;
      }
      x = next;
    }
    return x;
  }

  private static double acosh(double c) {
    return Math.log(c + Math.sqrt(Math.max(0, c * c - 1)));
  }

  private void select(float[] v, float[] far, int n, float threshold, double t) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      if (a > FAR * threshold) {
        // Rounding may lift a root that is close to its value above it.
        v[i] = Math.copySign(Math.min(far[i], a), v[i]);
      } else if (a > threshold) {
        v[i] = Math.copySign((float) root(a, t), v[i]);
      } else {
        v[i] = Float.isNaN(a) ? a : 0f;
      }
    }
  }

  private static void farCubic(float[] v, float[] far, int n, float c) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      float y = (float) Math.sqrt(a);
      // At y^2 = a the denominator 3 y^2 - a is 2 a; the second step refines.
      float y1 = (2 * a * y - c) / (2 * a);
      float square = y1 * y1;
      float y2 = (2 * square * y1 - c) / (3 * square - a);
      far[i] = y2 * y2;
    }
  }

  private NDArray farNewton(NDArray weights, double t) {
    NDArray a = weights.abs();
    NDArray x = newton(a, a, t);
    return newton(x, a, t);
  }

  /** {@code x - (x + r x - a) / (1 + (p-1) r)} with {@code r = t p x^(p-2)}. */
  private NDArray newton(NDArray x, NDArray a, double t) {
    NDArray r = x.log().muli(p - 2).exp().muli(t * p);
    NDArray residual = r.add(1).muli(x).subi(a);
    return x.sub(residual.divi(r.muli(p - 1).addi(1)));
  }
}

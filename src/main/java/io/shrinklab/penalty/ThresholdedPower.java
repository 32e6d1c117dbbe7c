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
  private static final double FAR = 4;

  private final double p;
  private final Chunks chunks = new Chunks();

  /** What |v|^(2-p) / t must exceed: the threshold without taking a root of t. */
  private final double limit;

  private final double farLimit;
  private final float[] roots = new float[Chunks.LENGTH];
  private final float[] powers = new float[Chunks.LENGTH];

  ThresholdedPower(double p) {
    this.p = p;
    // With t = 1: the threshold to the power 2 - p.
    this.limit = 2 * (1 - p) * Math.pow((2 - p) / (2 * (1 - p)), 2 - p);
    this.farLimit = limit * Math.pow(FAR, 2 - p);
  }

  @Override
  public void apply(Tensor weights, StepSizes steps, double strength) {
    if (strength == 0) {
      return;
    }
    float c = (float) strength;
    if (p == 0.5) {
      chunks.combine(
          weights.memory(),
          steps,
          (v, s, n) -> {
            solveCubic(v, s, n, c);
            select(v, s, n, c);
          });
    } else {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        solveByNewton(weights, steps, c);
      }
    }
  }

  /**
   * Fills {@link #roots} for p = 1/2: on y = sqrt(x) the equation is y^3 - |v| y + t / 2 = 0, no
   * power needed.
   */
  private void solveCubic(float[] v, float[] s, int n, float strength) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      float c = 0.5f * strength * s[i];
      float y = (float) Math.sqrt(a);
      powers[i] = a * y;
      // At y^2 = a the denominator 3 y^2 - a is 2 a; the second step refines.
      float y1 = y - c / (2 * a);
      float square = y1 * y1;
      float y2 = (2 * square * y1 - c) / (3 * square - a);
      roots[i] = y2 * y2;
    }
  }

  /** Two Newton steps with {@code r = t p x^(p-2)}: {@code x - (x + r x - a) / (1 + (p-1) r)}. */
  private void solveByNewton(Tensor weights, StepSizes steps, float strength) {
    Tensor t = Tensor.of(weights.array().zerosLike());
    chunks.combine(t.memory(), steps, (into, s, n) -> System.arraycopy(s, 0, into, 0, n));
    t.array().muli(strength);
    NDArray a = weights.array().abs();
    NDArray power = a.log().muli(2 - p).exp();
    // The first step starts at x = a, where x^(p-2) is 1 / power.
    NDArray x = step(a, a, t.array().mul(p).divi(power));
    x = step(x, a, x.log().muli(p - 2).exp().muli(t.array()).muli(p));
    FloatBuffer solved = Tensor.of(x).memory();
    FloatBuffer powered = Tensor.of(power).memory();
    int[] at = {0};
    chunks.combine(
        weights.memory(),
        steps,
        (v, s, n) -> {
          solved.get(at[0], roots, 0, n);
          powered.get(at[0], powers, 0, n);
          select(v, s, n, strength);
          at[0] += n;
        });
  }

  private NDArray step(NDArray x, NDArray a, NDArray r) {
    NDArray residual = r.add(1).muli(x).subi(a);
    return x.sub(residual.divi(r.mul(p - 1).addi(1)));
  }

  private void select(float[] v, float[] s, int n, float strength) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      float t = strength * s[i];
      if (powers[i] > farLimit * t) {
        // Rounding may lift a root that is close to its value above it.
        v[i] = Math.copySign(Math.min(roots[i], a), v[i]);
      } else if (powers[i] > limit * t) {
        v[i] = Math.copySign((float) Math.min(root(a, t), a), v[i]);
      } else {
        v[i] = Float.isNaN(a) ? a : 0f;
      }
    }
  }

  /** The larger root for one size above the threshold, in double precision. */
  private double root(double a, double t) {
    if (p == 0.5) {
      // Xu, Chang, Xu and Zhang 2012, for (x - v)^2 / 2 instead of their (x - v)^2.
      double angle = Math.acos(Math.min(1, t / 4 * Math.pow(a / 3, -1.5)));
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
}

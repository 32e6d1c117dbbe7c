package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;

/**
 * All that belongs to one exponent p of {@code |w|^p}: the power sum, its gradient, the decoupled
 * step's shrinkage and the proximal step. Each is a loop over plain arrays that the JIT compiler
 * vectorizes, without {@code pow} where roots or products do; {@code count} is at most {@link
 * Portions#LENGTH} where an operation takes more than one pass.
 */
public abstract sealed class PowerKernel
    permits L0, LBelowOne, L1, LThreeHalves, L2, L3, LAboveOne {

  private double[] terms = new double[Portions.LENGTH];

  /** The kernel of an exponent of at least 0: the one place that knows them all. */
  public static PowerKernel of(double p) {
    if (p == 0) {
      return new L0();
    }
    if (p == 0.5) {
      return new LHalf();
    }
    if (p == LTwoThirds.EXPONENT) {
      return new LTwoThirds();
    }
    if (p == 1) {
      return new L1();
    }
    if (p == 1.5) {
      return new LThreeHalves();
    }
    if (p == 2) {
      return new L2();
    }
    if (p == 3) {
      return new L3();
    }
    return p < 1 ? new LBelowOne(p) : new LAboveOne(p);
  }

  /**
   * The sum of squares, in double precision and in the order of {@link #powerSum}, whose first pass
   * it spares.
   */
  static double squares(float[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < count; i++) {
      a += (double) values[i] * values[i];
    }
    return (a + b) + (c + d);
  }

  /** The sum of |w|^p, in double precision; p = 0 counts what is not exactly 0. */
  public double powerSum(float[] w, int count) {
    if (terms.length < count) {
      terms = new double[count];
    }
    powers(w, terms, count);
    // Four sums side by side, so that none waits for the addition before it.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += terms[i];
      b += terms[i + 1];
      c += terms[i + 2];
      d += terms[i + 3];
    }
    for (; i < count; i++) {
      a += terms[i];
    }
    return (a + b) + (c + d);
  }

  /** Sets {@code into[0..count)} to |w|^p. */
  abstract void powers(float[] w, double[] into, int count);

  /** The coefficient c where p |w|^(p-1) sign(w) is exactly {@code c * w}, else 0. */
  double linearCoefficient() {
    return 0;
  }

  /**
   * Adds c |w|^(p-1) sign(w) to a gradient, 0 at w = 0; for p &lt; 1 c w (w^2 + epsilon)^(p/2-1).
   *
   * @param g changed
   * @param c the penalty's strength times p
   * @param epsilon smooths where p is below 1
   */
  abstract void addGradient(float[] g, float[] w, int count, float c, float epsilon);

  /**
   * Divides by 1 + c |old|^(p-2); for p &lt; 2 what was 0 becomes 0, where the power is infinite.
   *
   * @param w changed
   * @param c the penalty's strength times p and the learning rate
   */
  abstract void shrink(float[] w, float[] old, int count, float c);

  /**
   * The proximal operator of {@code t * |x|^p}, {@code v -> argmin over x of (x - v)^2 / 2 + t *
   * |x|^p}, each element with a {@code t} of its own: strength times step.
   *
   * @param v changed
   * @param steps the optimizer's; may be changed
   * @param strength the penalty's, above 0
   */
  abstract void proximalStep(float[] v, float[] steps, int count, float strength);

  /**
   * The sign of w, as arithmetic that the JIT compiler vectorizes; exact for every normal number,
   * and 0 at 0.
   */
  static float sign(float w) {
    return Math.max(-1f, Math.min(1f, w * Float.MAX_VALUE));
  }

  /**
   * 0 for a value below 1e-30: shrinking never ends at 0, but every step that computes with
   * subnormal numbers is many times slower.
   */
  static float withoutDust(float x) {
    // No branch, so that it vectorizes; NaN stays NaN.
    return x * Math.max(0f, Math.min(1f, (Math.abs(x) - 1e-30f) * Float.MAX_VALUE));
  }

  /** The shrinkage of any exponent, from the powers |old|^(p-2). */
  static void shrinkByPower(float[] w, float[] powers, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c * powers[i];
    }
  }

  /** Below p = 2 zero is absorbing, where the power would be infinite. */
  static void keepZeros(float[] w, float[] old, int n) {
    for (int i = 0; i < n; i++) {
      w[i] *= Math.min(1f, Math.abs(old[i]) * Float.MAX_VALUE);
    }
  }
}

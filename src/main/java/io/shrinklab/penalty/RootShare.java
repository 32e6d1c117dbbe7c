package io.shrinklab.penalty;

import java.util.Arrays;

/**
 * For 0 &lt; p &lt; 1 the larger root of {@code x + t p x^(p-1) = a} as a share of a. The equation
 * is homogeneous: {@code x / a} is a function of {@code r = t / a^(2-p)} alone, analytic from r =
 * 0, where it is 1, to the threshold, where it is {@code 2 (1-p) / (2-p)}. So one Chebyshev series
 * serves all weights and step sizes; its coefficients are computed once, in double precision, from
 * the closed form for p = 1/2 and 2/3 and by Newton's method for others, and it is summed by
 * Clenshaw's recurrence, which the JIT compiler vectorizes.
 */
final class RootShare {
  /** Coefficients beyond the last one above this are dropped: a third of float32's precision. */
  private static final double NEGLIGIBLE = 2e-8;

  private static final int NODES = 128;

  private final double p;
  private final float[] coefficients;
  private final float largest;
  private final float[] later = new float[Chunks.LENGTH];
  private final float[] latest = new float[Chunks.LENGTH];

  RootShare(double p) {
    this.p = p;
    // t / a^(2-p) at the threshold a = x0 (2-p) / (2 (1-p)), x0 = (2 t (1-p))^(1/(2-p)).
    double threshold = (2 - p) / (2 * (1 - p));
    this.largest = (float) (1 / (2 * (1 - p) * Math.pow(threshold, 2 - p)));
    this.coefficients = series();
  }

  /** The ratio t / a^(2-p) above which the operator gives 0. */
  float largest() {
    return largest;
  }

  /**
   * Replaces ratios by shares.
   *
   * @param ratio {@code t / a^(2-p)}; beyond {@link #largest} as at it
   */
  void apply(float[] ratio, int count) {
    float scale = 2 / largest;
    for (int i = 0; i < count; i++) {
      ratio[i] = Math.min(1f, ratio[i] * scale - 1);
    }
    Arrays.fill(later, 0, count, 0f);
    Arrays.fill(latest, 0, count, 0f);
    for (int k = coefficients.length - 4; k > 0; k -= 4) {
      clenshaw(ratio, latest, later, k, count);
    }
    float constant = coefficients[0];
    for (int i = 0; i < count; i++) {
      ratio[i] = Math.min(1f, ratio[i] * latest[i] - later[i] + constant);
    }
  }

  /**
   * Four terms of the recurrence {@code b <- 2 u b1 - b2 + c}: b1 and b2 pass through memory once.
   */
  private void clenshaw(float[] u, float[] b1, float[] b2, int k, int count) {
    float c0 = coefficients[k];
    float c1 = coefficients[k + 1];
    float c2 = coefficients[k + 2];
    float c3 = coefficients[k + 3];
    for (int i = 0; i < count; i++) {
      float twice = 2 * u[i];
      float third = twice * b1[i] - b2[i] + c3;
      float second = twice * third - b1[i] + c2;
      float first = twice * second - third + c1;
      b1[i] = twice * first - second + c0;
      b2[i] = first;
    }
  }

  private float[] series() {
    double[] values = new double[NODES];
    for (int j = 0; j < NODES; j++) {
      double u = Math.cos(Math.PI * (j + 0.5) / NODES);
      values[j] = share((u + 1) / 2 * largest);
    }
    float[] series = new float[NODES];
    int needed = 1;
    for (int k = 0; k < NODES; k++) {
      double sum = 0;
      for (int j = 0; j < NODES; j++) {
        sum += values[j] * Math.cos(Math.PI * k * (j + 0.5) / NODES);
      }
      double coefficient = (k == 0 ? 1.0 : 2.0) / NODES * sum;
      series[k] = (float) coefficient;
      needed = Math.abs(coefficient) > NEGLIGIBLE ? k + 1 : needed;
    }
    // One constant and whole fours: what is added is 0 or negligible.
    return Arrays.copyOf(series, 1 + (needed + 2) / 4 * 4);
  }

  /** The larger root for a = 1 and t = ratio, in double precision. */
  private double share(double t) {
    if (t == 0) {
      return 1;
    }
    if (p == 0.5) {
      // Xu, Chang, Xu and Zhang 2012, for (x - v)^2 / 2 instead of their (x - v)^2.
      double angle = Math.acos(Math.min(1, t / 4 * Math.pow(1.0 / 3, -1.5)));
      return 2.0 / 3 * (1 + Math.cos(2.0 / 3 * (Math.PI - angle)));
    }
    if (p == 2.0 / 3) {
      // Ferrari's resolution of y^4 - y + 2 t / 3 = 0 for y = x^(1/3) (Cao, Sun and Xu 2013).
      double c = 27.0 / 16 * Math.pow(2 * t, -1.5);
      double u = 2 / Math.sqrt(3) * Math.pow(2 * t, 0.25) * Math.sqrt(Math.cosh(acosh(c) / 3));
      double y = (u + Math.sqrt(2 / u - u * u)) / 2;
      return y * y * y;
    }
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

  private static double acosh(double c) {
    return Math.log(c + Math.sqrt(Math.max(0, c * c - 1)));
  }
}

package io.shrinklab.penalty;

import io.shrinklab.tensor.Portions;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * For 0 &lt; p &lt; 1 the larger root of {@code x + t p x^(p-1) = a} as a share of a. The equation
 * is homogeneous: {@code y = x / a} is a function of {@code r = t / a^(2-p)} alone, 1 at r = 0 and
 * {@code 2 (1-p) / (2-p)} at the threshold. The two roots meet as a square root does, at {@code
 * fold = (1/(2-p)) ((1-p)/(2-p))^(1-p) / p}, a little beyond the threshold; in {@code s = sqrt(1 -
 * r / fold)} the share is analytic there too, and a polynomial of degree 5 or so reaches float32
 * for p from 0.3 to 0.7. So one polynomial serves all weights and step sizes; it interpolates, at
 * Chebyshev nodes, shares computed in double precision, from the closed form for p = 1/2 and 2/3
 * and by Newton's method for others.
 */
final class RootShare {
  /** Terms beyond the last one above this are dropped: a third of float32's precision. */
  private static final double NEGLIGIBLE = 2e-8;

  private static final int NODES = 32;

  /** The ratio t / a^(2-p) above which the operator gives 0. */
  final float largest;

  private final double fold;
  private final float inverseFold;
  private final float center;
  private final float inverseHalfWidth;
  private final float[] coefficients;
  private final float[] sum = new float[Portions.LENGTH];

  /**
   * Makes one.
   *
   * @param share the share in double precision, for a ratio above 0
   */
  RootShare(double p, DoubleUnaryOperator share) {
    // t / a^(2-p) at the threshold a = x0 (2-p) / (2 (1-p)), x0 = (2 t (1-p))^(1/(2-p)).
    double threshold = (2 - p) / (2 * (1 - p));
    double ratio = 1 / (2 * (1 - p) * Math.pow(threshold, 2 - p));
    this.largest = (float) ratio;
    this.fold = Math.pow((1 - p) / (2 - p), 1 - p) / (2 - p) / p;
    this.inverseFold = (float) (1 / fold);
    double lowest = Math.sqrt(1 - ratio / fold);
    this.center = (float) ((1 + lowest) / 2);
    this.inverseHalfWidth = (float) (2 / (1 - lowest));
    this.coefficients = polynomial(chebyshev(share));
  }

  /**
   * Replaces ratios by shares.
   *
   * @param ratio {@code t / a^(2-p)}; beyond {@link #largest} as at it
   */
  void apply(float[] ratio, int count) {
    for (int i = 0; i < count; i++) {
      float s = (float) Math.sqrt(1 - Math.min(ratio[i], largest) * inverseFold);
      ratio[i] = (s - center) * inverseHalfWidth;
    }
    Arrays.fill(sum, 0, count, 0f);
    for (int k = coefficients.length - 4; k >= 0; k -= 4) {
      horner(ratio, sum, k, count);
    }
    for (int i = 0; i < count; i++) {
      ratio[i] = Math.min(1f, sum[i]);
    }
  }

  /** Four terms at a time: the sum passes through memory once for them. */
  private void horner(float[] u, float[] sum, int k, int count) {
    float c0 = coefficients[k];
    float c1 = coefficients[k + 1];
    float c2 = coefficients[k + 2];
    float c3 = coefficients[k + 3];
    for (int i = 0; i < count; i++) {
      float b = Math.fma(sum[i], u[i], c3);
      b = Math.fma(b, u[i], c2);
      b = Math.fma(b, u[i], c1);
      sum[i] = Math.fma(b, u[i], c0);
    }
  }

  /** Coefficients of the share in Chebyshev polynomials of u in [-1, 1]. */
  private double[] chebyshev(DoubleUnaryOperator share) {
    double[] values = new double[NODES];
    for (int j = 0; j < NODES; j++) {
      double u = Math.cos(Math.PI * (j + 0.5) / NODES);
      double s = center + u / inverseHalfWidth;
      double ratio = fold * (1 - s * s);
      values[j] = ratio <= 0 ? 1 : share.applyAsDouble(ratio);
    }
    double[] series = new double[NODES];
    for (int k = 0; k < NODES; k++) {
      for (int j = 0; j < NODES; j++) {
        series[k] += values[j] * Math.cos(Math.PI * k * (j + 0.5) / NODES);
      }
      series[k] *= (k == 0 ? 1.0 : 2.0) / NODES;
    }
    return series;
  }

  /** The same in powers of u, cut where it is negligible and padded with zeros to whole fours. */
  private static float[] polynomial(double[] chebyshev) {
    int terms = chebyshev.length;
    while (terms > 1 && Math.abs(chebyshev[terms - 1]) < NEGLIGIBLE) {
      terms--;
    }
    double[] before = new double[terms];
    double[] present = new double[terms];
    double[] sum = new double[terms];
    // T0 = 1 and T1 = u; then T(k+1) = 2 u T(k) - T(k-1).
    before[0] = 1;
    if (terms > 1) {
      present[1] = 1;
    }
    for (int k = 0; k < terms; k++) {
      for (int i = 0; i < terms; i++) {
        sum[i] += chebyshev[k] * before[i];
      }
      double[] next = new double[terms];
      for (int i = 0; i < terms; i++) {
        next[i] = (i == 0 ? 0 : 2 * present[i - 1]) - before[i];
      }
      before = present;
      present = next;
    }
    float[] padded = new float[(terms + 3) / 4 * 4];
    for (int i = 0; i < terms; i++) {
      padded[i] = (float) sum[i];
    }
    return padded;
  }
}

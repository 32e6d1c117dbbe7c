package io.shrinklab.penalty;

/** p = 1, the lasso's sum of absolute values. */
final class L1 extends PowerKernel {

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = Math.abs(w[i]);
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      g[i] += c * sign(w[i]);
    }
  }

  /** At old = 0 the divisor is infinite and w becomes 0. */
  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    for (int i = 0; i < count; i++) {
      w[i] /= 1 + c / Math.abs(old[i]);
    }
  }

  /** The soft threshold {@code sign(v) * max(0, |v| - t)}. */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    for (int i = 0; i < count; i++) {
      float t = strength * steps[i];
      // One of the two terms is 0; no branch, so it vectorizes.
      v[i] = Math.max(v[i] - t, 0f) + Math.min(v[i] + t, 0f);
    }
  }
}

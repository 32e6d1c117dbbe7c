package io.shrinklab.penalty;

/** p = 3, by products. */
final class L3 extends PowerKernel {

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      double a = Math.abs(w[i]);
      into[i] = a * a * a;
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      g[i] += c * w[i] * Math.abs(w[i]);
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    for (int i = 0; i < count; i++) {
      w[i] /= 1 + c * Math.abs(old[i]);
    }
  }

  /**
   * The positive root of {@code x + 3 t x^2 = |v|}, written so that nothing cancels: {@code 2 |v| /
   * (1 + sqrt(1 + 12 t |v|))}.
   */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(1 + 12 * strength * steps[i] * Math.abs(v[i]));
      v[i] = withoutDust(2 * v[i] / (1 + root));
    }
  }
}

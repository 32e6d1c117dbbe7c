package io.shrinklab.penalty;

/** p = 3/2, by square roots. */
final class LThreeHalves extends PowerKernel {

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      double a = Math.abs(w[i]);
      into[i] = a * Math.sqrt(a);
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      g[i] += c * sign(w[i]) * (float) Math.sqrt(Math.abs(w[i]));
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    for (int i = 0; i < count; i++) {
      w[i] /= 1 + c / (float) Math.sqrt(Math.abs(old[i]));
    }
  }

  /**
   * The positive root of {@code x + 1.5 t sqrt(x) = |v|}, written so that nothing cancels: {@code x
   * = y^2, y = 2 |v| / (1.5 t + sqrt(2.25 t^2 + 4 |v|))}.
   */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    for (int i = 0; i < count; i++) {
      // y = 2 |v| / d with the sign of v, without a branch: x = y |y|.
      float b = 1.5f * strength * steps[i];
      float d = b + (float) Math.sqrt(b * b + 4 * Math.abs(v[i]));
      float y = 2 * v[i] / d;
      v[i] = withoutDust(y * Math.abs(y));
    }
  }
}

package io.shrinklab.penalty;

/** p = 2, ridge: the one exponent whose gradient is linear, and so an optimizer's own decay. */
final class L2 extends PowerKernel {

  @Override
  public double powerSum(float[] w, int count) {
    return squares(w, count);
  }

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = (double) w[i] * w[i];
    }
  }

  @Override
  double linearCoefficient() {
    return 2;
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      g[i] += c * w[i];
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    float divisor = 1 + c;
    for (int i = 0; i < count; i++) {
      w[i] /= divisor;
    }
  }

  /** {@code v / (1 + 2 t)}. */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    for (int i = 0; i < count; i++) {
      v[i] = withoutDust(v[i] / (1 + 2 * strength * steps[i]));
    }
  }
}

package io.shrinklab.penalty;

/** p = 0, the count of what is not exactly 0: flat wherever it has a gradient at all. */
final class L0 extends PowerKernel {

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = w[i] == 0 ? 0 : 1;
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {}

  @Override
  void shrink(float[] w, float[] old, int count, float c) {}

  /** The hard threshold: v is kept where {@code |v| > sqrt(2 t)} and 0 elsewhere. */
  @Override
  void proximalStep(float[] v, float[] steps, int count, float strength) {
    float twice = 2 * strength;
    for (int i = 0; i < count; i++) {
      // 1 where v^2 > 2 t and 0 elsewhere, without a branch: half of them would be mispredicted.
      v[i] *= Math.max(0f, Math.min(1f, (v[i] * v[i] - twice * steps[i]) * Float.MAX_VALUE));
    }
  }
}

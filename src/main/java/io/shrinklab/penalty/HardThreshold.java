package io.shrinklab.penalty;

/** p = 0: v is kept where {@code |v| > sqrt(2 t)} and 0 elsewhere. */
final class HardThreshold implements ProximalOperator {
  private final Chunks chunks = new Chunks();

  @Override
  public void apply(Tensor weights, StepSizes steps, double strength) {
    if (strength == 0) {
      return;
    }
    float twice = (float) (2 * strength);
    chunks.combine(weights.memory(), steps, (v, s, n) -> keepAbove(v, s, n, twice));
  }

  private static void keepAbove(float[] v, float[] s, int n, float twice) {
    for (int i = 0; i < n; i++) {
      // 1 where v^2 > 2 t and 0 elsewhere, without a branch: half of them would be mispredicted.
      v[i] *= Math.max(0f, Math.min(1f, (v[i] * v[i] - twice * s[i]) * Float.MAX_VALUE));
    }
  }
}

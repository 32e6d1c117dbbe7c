package io.shrinklab.penalty;

/** p = 1: {@code sign(v) * max(0, |v| - t)}. */
final class SoftThreshold implements ProximalOperator {
  private final Chunks chunks = new Chunks();

  @Override
  public void apply(Tensor weights, StepSizes steps, double strength) {
    if (strength == 0) {
      return;
    }
    float c = (float) strength;
    chunks.combine(weights.memory(), steps, (v, s, n) -> shrink(v, s, n, c));
  }

  /** One of the two terms is 0; no branch, so it vectorizes. */
  private static void shrink(float[] v, float[] s, int n, float c) {
    for (int i = 0; i < n; i++) {
      float t = c * s[i];
      v[i] = Math.max(v[i] - t, 0f) + Math.min(v[i] + t, 0f);
    }
  }
}

package io.shrinklab.penalty;

/** p = 1: {@code sign(v) * max(0, |v| - t)}. */
final class SoftThreshold implements ProximalOperator {
  private final Chunks chunks = new Chunks();

  @Override
  public void apply(Tensor weights, double t) {
    float threshold = (float) t;
    chunks.update(weights.memory(), (v, n) -> shrink(v, n, threshold));
  }

  /** One of the two terms is 0; no branch, so it vectorizes. */
  private static void shrink(float[] v, int n, float t) {
    for (int i = 0; i < n; i++) {
      v[i] = Math.max(v[i] - t, 0f) + Math.min(v[i] + t, 0f);
    }
  }
}

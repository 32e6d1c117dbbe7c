package io.shrinklab.penalty;

/** p = 0: v is kept where {@code |v| > sqrt(2 t)} and 0 elsewhere. */
final class HardThreshold implements ProximalOperator {
  private final Chunks chunks = new Chunks();

  @Override
  public void apply(Tensor weights, double t) {
    float threshold = (float) Math.sqrt(2 * t);
    chunks.update(weights.memory(), (v, n) -> keepAbove(v, n, threshold));
  }

  private static void keepAbove(float[] v, int n, float threshold) {
    for (int i = 0; i < n; i++) {
      v[i] = Math.abs(v[i]) > threshold ? v[i] : 0f;
    }
  }
}

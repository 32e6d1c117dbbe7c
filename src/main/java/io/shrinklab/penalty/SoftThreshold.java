package io.shrinklab.penalty;

/** p = 1: {@code sign(v) * max(0, |v| - t)}. */
final class SoftThreshold implements ProximalOperator {

  /** One of the two terms is 0; no branch, so it vectorizes. */
  @Override
  public void apply(float[] v, float[] steps, int count, float strength) {
    for (int i = 0; i < count; i++) {
      float t = strength * steps[i];
      v[i] = Math.max(v[i] - t, 0f) + Math.min(v[i] + t, 0f);
    }
  }
}

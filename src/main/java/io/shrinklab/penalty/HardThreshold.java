package io.shrinklab.penalty;

/** p = 0: v is kept where {@code |v| > sqrt(2 t)} and 0 elsewhere. */
final class HardThreshold implements ProximalOperator {

  @Override
  public void apply(float[] v, float[] steps, int count, float strength) {
    float twice = 2 * strength;
    for (int i = 0; i < count; i++) {
      // 1 where v^2 > 2 t and 0 elsewhere, without a branch: half of them would be mispredicted.
      v[i] *= Math.max(0f, Math.min(1f, (v[i] * v[i] - twice * steps[i]) * Float.MAX_VALUE));
    }
  }
}

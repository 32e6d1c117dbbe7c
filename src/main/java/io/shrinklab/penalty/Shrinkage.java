package io.shrinklab.penalty;

/**
 * p = 3/2, 2 and 3, which have closed forms without a threshold, each the positive root of {@code x
 * + t p x^(p-1) = |v|} written so that nothing cancels:
 *
 * <ul>
 *   <li>3/2: {@code x = y^2, y = 2 |v| / (1.5 t + sqrt(2.25 t^2 + 4 |v|))}
 *   <li>2: {@code x = |v| / (1 + 2 t)}
 *   <li>3: {@code x = 2 |v| / (1 + sqrt(1 + 12 t |v|))}
 * </ul>
 */
final class Shrinkage implements ProximalOperator {
  private final double p;

  Shrinkage(double p) {
    this.p = p;
  }

  @Override
  public void apply(float[] v, float[] steps, int count, float strength) {
    if (p == 1.5) {
      threeHalves(v, steps, count, strength);
    } else if (p == 2) {
      two(v, steps, count, strength);
    } else {
      three(v, steps, count, strength);
    }
  }

  private static void threeHalves(float[] v, float[] s, int n, float c) {
    for (int i = 0; i < n; i++) {
      // y = 2 |v| / d with the sign of v, without a branch: x = y |y|.
      float b = 1.5f * c * s[i];
      float d = b + (float) Math.sqrt(b * b + 4 * Math.abs(v[i]));
      float y = 2 * v[i] / d;
      v[i] = withoutDust(y * Math.abs(y));
    }
  }

  private static void two(float[] v, float[] s, int n, float c) {
    for (int i = 0; i < n; i++) {
      v[i] = withoutDust(v[i] / (1 + 2 * c * s[i]));
    }
  }

  private static void three(float[] v, float[] s, int n, float c) {
    for (int i = 0; i < n; i++) {
      v[i] = withoutDust(2 * v[i] / (1 + (float) Math.sqrt(1 + 12 * c * s[i] * Math.abs(v[i]))));
    }
  }

  /**
   * 0 for a value below 1e-30: shrinking never ends at 0, but every step that computes with
   * subnormal numbers is many times slower.
   */
  static float withoutDust(float x) {
    // No branch, so that it vectorizes; NaN stays NaN.
    return x * Math.max(0f, Math.min(1f, (Math.abs(x) - 1e-30f) * Float.MAX_VALUE));
  }
}

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
  private final Chunks chunks = new Chunks();

  Shrinkage(double p) {
    this.p = p;
  }

  @Override
  public void apply(Tensor weights, double t) {
    if (t == 0) {
      return;
    }
    float s = (float) t;
    if (p == 1.5) {
      chunks.update(weights.memory(), (v, n) -> threeHalves(v, n, s));
    } else if (p == 2) {
      chunks.update(weights.memory(), (v, n) -> two(v, n, s));
    } else {
      chunks.update(weights.memory(), (v, n) -> three(v, n, s));
    }
  }

  private static void threeHalves(float[] v, int n, float t) {
    float b = 1.5f * t;
    for (int i = 0; i < n; i++) {
      // v / d and |v| / d keep the sign without a branch: x = sign(v) * (2 |v| / d)^2.
      float d = b + (float) Math.sqrt(b * b + 4 * Math.abs(v[i]));
      float y = 2 * v[i] / d;
      v[i] = y * Math.abs(y);
    }
  }

  private static void two(float[] v, int n, float t) {
    for (int i = 0; i < n; i++) {
      v[i] /= 1 + 2 * t;
    }
  }

  private static void three(float[] v, int n, float t) {
    for (int i = 0; i < n; i++) {
      v[i] = 2 * v[i] / (1 + (float) Math.sqrt(1 + 12 * t * Math.abs(v[i])));
    }
  }
}

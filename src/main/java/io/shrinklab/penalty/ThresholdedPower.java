package io.shrinklab.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.FloatBuffer;

/**
 * 0 &lt; p &lt; 1: with {@code x0 = (2 t (1-p))^(1/(2-p))}, 0 up to the threshold {@code x0 (2-p) /
 * (2 (1-p))}, above it the larger root of {@code x + t p x^(p-1) = |v|} (Marjanovic and Solo 2012),
 * from {@link RootShare}.
 */
final class ThresholdedPower implements ProximalOperator {
  /** Keeps 0 / 0 away; far below every power of a weight that matters. */
  private static final float TINY = 1e-38f;

  private final double p;
  private final RootShare share;
  private final Chunks chunks = new Chunks();
  private final float[] ratios = new float[Chunks.LENGTH];
  private final float[] kept = new float[Chunks.LENGTH];

  ThresholdedPower(double p) {
    this.p = p;
    this.share = new RootShare(p);
  }

  @Override
  public void apply(Tensor weights, StepSizes steps, double strength) {
    if (strength == 0) {
      return;
    }
    float c = (float) strength;
    if (p == 0.5) {
      chunks.combine(
          weights.memory(),
          steps,
          (v, s, n) -> {
            ratiosOfRoot(v, s, n, c);
            shrink(v, n);
          });
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      // |v|^(2-p), which the engine computes through exp and log three times as fast as pow.
      NDArray powers = weights.array().abs().log().muli(2 - p).exp();
      FloatBuffer memory = Tensor.of(powers).memory();
      int[] at = {0};
      chunks.combine(
          weights.memory(),
          steps,
          (v, s, n) -> {
            memory.get(at[0], ratios, 0, n);
            at[0] += n;
            ratiosOfPower(s, n, c);
            shrink(v, n);
          });
    }
  }

  private void ratiosOfRoot(float[] v, float[] s, int n, float strength) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      ratios[i] = strength * s[i] / (a * (float) Math.sqrt(a) + TINY);
    }
  }

  private void ratiosOfPower(float[] s, int n, float strength) {
    for (int i = 0; i < n; i++) {
      ratios[i] = strength * s[i] / (ratios[i] + TINY);
    }
  }

  private void shrink(float[] v, int n) {
    float largest = share.largest();
    for (int i = 0; i < n; i++) {
      // 1 above the threshold and 0 up to it, without a branch: half of them would be mispredicted.
      kept[i] = Math.max(0f, Math.min(1f, (largest - ratios[i]) * Float.MAX_VALUE));
    }
    share.apply(ratios, n);
    for (int i = 0; i < n; i++) {
      v[i] *= ratios[i] * kept[i];
    }
  }
}

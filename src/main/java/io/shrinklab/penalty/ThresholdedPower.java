package io.shrinklab.penalty;

/**
 * 0 &lt; p &lt; 1: with {@code x0 = (2 t (1-p))^(1/(2-p))}, 0 up to the threshold {@code x0 (2-p) /
 * (2 (1-p))}, above it the larger root of {@code x + t p x^(p-1) = |v|} (Marjanovic and Solo 2012),
 * from {@link RootShare}.
 */
final class ThresholdedPower implements ProximalOperator {
  /** Keeps 0 / 0 away; far below every power of a weight that matters. */
  private static final float TINY = 1e-38f;

  private final double p;
  private final Power power;
  private final RootShare share;
  private final float[] ratios = new float[Portions.LENGTH];
  private final float[] kept = new float[Portions.LENGTH];

  ThresholdedPower(double p) {
    this.p = p;
    this.power = new Power(2 - p);
    this.share = new RootShare(p);
  }

  @Override
  public void apply(float[] v, float[] steps, int count, float strength) {
    if (p == 0.5) {
      powersOfThreeHalves(v, ratios, count);
    } else {
      power.apply(v, ratios, count);
    }
    float largest = share.largest();
    for (int i = 0; i < count; i++) {
      float ratio = strength * steps[i] / (ratios[i] + TINY);
      // 1 above the threshold and 0 up to it, without a branch: half of them would be mispredicted.
      kept[i] = Math.max(0f, Math.min(1f, (largest - ratio) * Float.MAX_VALUE)) * v[i];
      ratios[i] = ratio;
    }
    share.apply(ratios, count);
    for (int i = 0; i < count; i++) {
      v[i] = ratios[i] * kept[i];
    }
  }

  private static void powersOfThreeHalves(float[] v, float[] into, int n) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(v[i]);
      into[i] = a * (float) Math.sqrt(a);
    }
  }
}

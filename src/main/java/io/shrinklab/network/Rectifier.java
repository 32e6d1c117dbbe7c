package io.shrinklab.network;

/**
 * max(0, x), whose derivative is 0 at 0 as the engine's. Both loops are without branches: half of
 * those would be guessed wrong.
 */
final class Rectifier extends RowStage {
  @Override
  float[] forward(float[] values, Rows rows) {
    float[] out = kept(rows);
    rectify(values, out, rows.size());
    return out;
  }

  @Override
  float[] evaluate(float[] values, Rows rows) {
    rectify(values, values, rows.size());
    return values;
  }

  @Override
  float[] backward(float[] gradient, Rows rows) {
    mask(gradient, kept(rows), rows.size());
    return gradient;
  }

  private static void rectify(float[] in, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = Math.max(0f, in[i]);
    }
  }

  private static void mask(float[] gradient, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      // 0 or 1: what is positive is so by more than the inverse of the largest number.
      gradient[i] *= Math.min(1f, out[i] * Float.MAX_VALUE);
    }
  }
}

package io.shrinklab.penalty;

/** p = 1/2, by square roots. */
final class LHalf extends LBelowOne {

  LHalf() {
    super(0.5, LHalf::share);
  }

  @Override
  void powers(float[] w, double[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = Math.sqrt(Math.abs(w[i]));
    }
  }

  @Override
  void addGradient(float[] g, float[] w, int count, float c, float epsilon) {
    for (int i = 0; i < count; i++) {
      float root = (float) Math.sqrt(w[i] * w[i] + epsilon);
      g[i] += c * w[i] / (root * (float) Math.sqrt(root));
    }
  }

  @Override
  void shrink(float[] w, float[] old, int count, float c) {
    for (int i = 0; i < count; i++) {
      float a = Math.abs(old[i]);
      w[i] /= 1 + c / (a * (float) Math.sqrt(a));
    }
  }

  @Override
  void ratioPowers(float[] v, float[] into, int count) {
    for (int i = 0; i < count; i++) {
      float a = Math.abs(v[i]);
      into[i] = a * (float) Math.sqrt(a);
    }
  }

  /** Xu, Chang, Xu and Zhang 2012, for (x - v)^2 / 2 instead of their (x - v)^2. */
  private static double share(double t) {
    double angle = Math.acos(Math.min(1, t / 4 * Math.pow(1.0 / 3, -1.5)));
    return 2.0 / 3 * (1 + Math.cos(2.0 / 3 * (Math.PI - angle)));
  }
}

package io.shrinklab.penalty;

/**
 * {@code lambda * sum |w|^p} for p &gt;= 0; p = 2 is ridge, p = 1 the lasso, p = 0 counts
 * non-zeros.
 *
 * <p>The gradient is {@code lambda * p * |w|^(p-1) * sign(w)}, and 0 at w = 0. For p &lt; 1 it
 * would be infinite there, so it is that of {@code (w^2 + epsilon)^(p/2)}: {@code lambda * p * w *
 * (w^2 + epsilon)^(p/2-1)}. The cost is always the exact power sum.
 */
final class LpPenalty implements Penalty {
  private final double p;
  private final double lambda;
  private final float epsilon;
  private final Portions.Sum powerSum;
  private final ProximalOperator proximal;
  private final Power gradientPower;
  private final Power decoupledPower;
  private final float[] powers;

  /**
   * Makes one.
   *
   * @param p at least 0
   * @param lambda at least 0
   * @param epsilon smooths the gradient where p is below 1
   */
  LpPenalty(double p, double lambda, double epsilon) {
    this.p = p;
    this.lambda = lambda;
    this.epsilon = (float) epsilon;
    this.powerSum = PowerSum.of(p);
    this.proximal = ProximalOperator.of(p);
    this.gradientPower = new Power(p < 1 ? p / 2 - 1 : p - 1);
    this.decoupledPower = new Power(p - 2);
    this.powers = new float[Portions.LENGTH];
  }

  @Override
  public double cost(float[] weights, int count, double scale) {
    return scale * lambda * powerSum.of(weights, count);
  }

  @Override
  public double linearCoefficient(double scale) {
    return p == 2 ? 2 * lambda * scale : 0;
  }

  @Override
  public void addGradient(float[] weights, float[] gradient, int count, double scale) {
    float c = (float) (scale * lambda * p);
    if (p == 0) {
      return; // Flat wherever it has a gradient at all.
    }
    if (p == 0.5) {
      addSmoothedRoot(gradient, weights, count, c, epsilon);
    } else if (p == 1) {
      addSign(gradient, weights, count, c);
    } else if (p == 1.5) {
      addRoot(gradient, weights, count, c);
    } else if (p == 2) {
      addScaled(gradient, weights, count, c);
    } else if (p == 3) {
      addSquare(gradient, weights, count, c);
    } else if (p < 1) {
      smoothedSquares(powers, weights, count, epsilon);
      gradientPower.apply(powers, powers, count);
      addProduct(gradient, weights, powers, count, c);
    } else {
      gradientPower.apply(weights, powers, count);
      addSigned(gradient, weights, powers, count, c);
    }
  }

  @Override
  public void proximalStep(float[] weights, float[] steps, int count, double scale) {
    if (scale * lambda > 0) {
      proximal.apply(weights, steps, count, (float) (scale * lambda));
    }
  }

  @Override
  public void decoupledStep(float[] weights, float[] old, int count, double rate, double scale) {
    float c = (float) (p * rate * scale * lambda);
    if (c == 0) {
      return;
    }
    if (p == 0.5) {
      shrinkByInverseRootCubed(weights, old, count, c);
    } else if (p == 1) {
      shrinkByInverse(weights, old, count, c);
    } else if (p == 1.5) {
      shrinkByInverseRoot(weights, old, count, c);
    } else if (p == 2) {
      divide(weights, count, 1 + c);
    } else if (p == 3) {
      shrinkByAbsolute(weights, old, count, c);
    } else {
      decoupledPower.apply(old, powers, count);
      shrinkByPower(weights, powers, count, c);
      if (p < 2) {
        keepZeros(weights, old, count);
      }
    }
  }

  /**
   * The sign of w, as arithmetic that the JIT compiler vectorizes; exact for every normal number,
   * and 0 at 0.
   */
  private static float sign(float w) {
    return Math.max(-1f, Math.min(1f, w * Float.MAX_VALUE));
  }

  private static void addSign(float[] g, float[] w, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * sign(w[i]);
    }
  }

  private static void addScaled(float[] g, float[] w, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * w[i];
    }
  }

  private static void addSquare(float[] g, float[] w, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * w[i] * Math.abs(w[i]);
    }
  }

  private static void addRoot(float[] g, float[] w, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * sign(w[i]) * (float) Math.sqrt(Math.abs(w[i]));
    }
  }

  private static void addSmoothedRoot(float[] g, float[] w, int n, float c, float epsilon) {
    for (int i = 0; i < n; i++) {
      float root = (float) Math.sqrt(w[i] * w[i] + epsilon);
      g[i] += c * w[i] / (root * (float) Math.sqrt(root));
    }
  }

  private static void smoothedSquares(float[] into, float[] w, int n, float epsilon) {
    for (int i = 0; i < n; i++) {
      into[i] = w[i] * w[i] + epsilon;
    }
  }

  private static void addProduct(float[] g, float[] w, float[] powers, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * (powers[i] * w[i]);
    }
  }

  private static void addSigned(float[] g, float[] w, float[] powers, int n, float c) {
    for (int i = 0; i < n; i++) {
      g[i] += c * (powers[i] * sign(w[i]));
    }
  }

  private static void divide(float[] w, int n, float divisor) {
    for (int i = 0; i < n; i++) {
      w[i] /= divisor;
    }
  }

  /** p = 1: at old = 0 the divisor is infinite and w becomes 0; 0 is absorbing. */
  private static void shrinkByInverse(float[] w, float[] old, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c / Math.abs(old[i]);
    }
  }

  private static void shrinkByInverseRoot(float[] w, float[] old, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c / (float) Math.sqrt(Math.abs(old[i]));
    }
  }

  private static void shrinkByInverseRootCubed(float[] w, float[] old, int n, float c) {
    for (int i = 0; i < n; i++) {
      float a = Math.abs(old[i]);
      w[i] /= 1 + c / (a * (float) Math.sqrt(a));
    }
  }

  private static void shrinkByAbsolute(float[] w, float[] old, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c * Math.abs(old[i]);
    }
  }

  private static void shrinkByPower(float[] w, float[] powers, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c * powers[i];
    }
  }

  /** Below p = 2 zero is absorbing, where the power would be infinite. */
  private static void keepZeros(float[] w, float[] old, int n) {
    for (int i = 0; i < n; i++) {
      w[i] *= Math.min(1f, Math.abs(old[i]) * Float.MAX_VALUE);
    }
  }
}

package io.shrinklab.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.nio.FloatBuffer;

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
  private final Chunks chunks = new Chunks();
  private final ProximalOperator proximal;

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
    this.proximal = ProximalOperator.of(p);
  }

  @Override
  public double cost(Tensor weights, double scale) {
    return scale * lambda * chunks.sum(weights.memory(), PowerSum.of(p));
  }

  @Override
  public double linearCoefficient(double scale) {
    return p == 2 ? 2 * lambda * scale : 0;
  }

  @Override
  public void addGradient(Tensor weights, Tensor gradient, double scale) {
    if (p == 0) {
      return; // Flat wherever it has a gradient at all.
    }
    float c = (float) (scale * lambda * p);
    if (p == 0.5) {
      float e = epsilon;
      chunks.combine(
          gradient.memory(), weights.memory(), (g, w, n) -> addSmoothedRoot(g, w, n, c, e));
    } else if (p == 1) {
      chunks.combine(gradient.memory(), weights.memory(), (g, w, n) -> addSign(g, w, n, c));
    } else if (p == 1.5) {
      chunks.combine(gradient.memory(), weights.memory(), (g, w, n) -> addRoot(g, w, n, c));
    } else if (p == 2) {
      chunks.combine(gradient.memory(), weights.memory(), (g, w, n) -> addScaled(g, w, n, c));
    } else if (p == 3) {
      chunks.combine(gradient.memory(), weights.memory(), (g, w, n) -> addSquare(g, w, n, c));
    } else {
      addPower(weights, gradient, c);
    }
  }

  @Override
  public void proximalStep(Tensor weights, StepSizes steps, double scale) {
    proximal.apply(weights, steps, scale * lambda);
  }

  @Override
  public void decoupledStep(Tensor weights, Tensor old, double step, double scale) {
    float c = (float) (p * step * scale * lambda);
    if (c == 0) {
      return;
    }
    if (p == 2) {
      chunks.update(weights.memory(), (w, n) -> divide(w, n, 1 + c));
    } else if (p == 1) {
      chunks.combine(weights.memory(), old.memory(), (w, o, n) -> shrinkByInverse(w, o, n, c));
    } else if (p == 3) {
      chunks.combine(weights.memory(), old.memory(), (w, o, n) -> shrinkByAbsolute(w, o, n, c));
    } else if (p == 1.5) {
      chunks.combine(weights.memory(), old.memory(), (w, o, n) -> shrinkByInverseRoot(w, o, n, c));
    } else {
      shrinkByPower(weights.array(), old.array(), c);
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

  /** Any p: powers as exp of log, which the engine computes three times as fast as pow. */
  private void addPower(Tensor weights, Tensor gradient, float c) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      FloatBuffer powers;
      if (p < 1) {
        float e = epsilon;
        powers = power(weights, p / 2 - 1, (into, w, n) -> smoothedSquares(into, w, n, e));
        chunks.combine(powers, weights.memory(), LpPenalty::multiply);
      } else {
        // At w = 0: log is -inf, exp of it 0, and 0 times the sign 0 is 0.
        powers = power(weights, p - 1, LpPenalty::absolutes);
        chunks.combine(powers, weights.memory(), LpPenalty::multiplySign);
      }
      chunks.combine(gradient.memory(), powers, (g, x, n) -> addScaled(g, x, n, c));
    }
  }

  /** f(w)^exponent, in memory of the present scope. */
  private FloatBuffer power(Tensor weights, double exponent, Chunks.Combine f) {
    Tensor base = Tensor.of(weights.array().zerosLike());
    chunks.combine(base.memory(), weights.memory(), f);
    return Tensor.of(base.array().log().muli(exponent).exp()).memory();
  }

  private static void absolutes(float[] into, float[] w, int n) {
    for (int i = 0; i < n; i++) {
      into[i] = Math.abs(w[i]);
    }
  }

  private static void smoothedSquares(float[] into, float[] w, int n, float epsilon) {
    for (int i = 0; i < n; i++) {
      into[i] = w[i] * w[i] + epsilon;
    }
  }

  private static void multiply(float[] x, float[] w, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= w[i];
    }
  }

  private static void multiplySign(float[] x, float[] w, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= sign(w[i]);
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

  private static void shrinkByAbsolute(float[] w, float[] old, int n, float c) {
    for (int i = 0; i < n; i++) {
      w[i] /= 1 + c * Math.abs(old[i]);
    }
  }

  private void shrinkByPower(NDArray weights, NDArray old, float c) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      weights.divi(old.abs().log().muli(p - 2).exp().muli(c).addi(1));
    }
  }
}

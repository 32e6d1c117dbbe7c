package io.shrinklab.penalty;

/**
 * Group lasso {@code lambda * sum over groups of the group's Euclidean norm} (Yuan and Lin 2006,
 * without their factor for the group's size). A group is a slice along the first axis (a neuron's
 * incoming weights, or a filter), or so many neighbours within one.
 */
final class GroupLassoPenalty implements Penalty {
  /**
   * Where the sum's root is this near to 1 the norm moves by no larger share, and one step with an
   * approximate slope errs by less than its square.
   */
  private static final double NEAR = 1e-3;

  /** Where the last step takes the slope of the step before, which differs by less than a tenth. */
  private static final double LAST = 1e-4;

  /** A group whose norm falls below this share of itself vanishes. */
  private static final double NOTHING = 1e-9;

  private final double lambda;
  private final int groupLength;
  private final float[] squares;

  /**
   * Makes one.
   *
   * @param lambda at least 0
   * @param groupLength how many elements a group has
   */
  GroupLassoPenalty(double lambda, int groupLength) {
    this.lambda = lambda;
    this.groupLength = groupLength;
    this.squares = new float[groupLength];
  }

  @Override
  public int groupLength() {
    return groupLength;
  }

  @Override
  public double cost(float[] weights, int count, double scale) {
    double sum = 0;
    for (int from = 0; from < count; from += groupLength) {
      sum += norm(weights, from);
    }
    return scale * lambda * sum;
  }

  /** w over its group's norm; 0 for a group that is 0. */
  @Override
  public void addGradient(float[] weights, float[] gradient, int count, double scale) {
    for (int from = 0; from < count; from += groupLength) {
      double norm = norm(weights, from);
      float c = norm > 0 ? (float) (scale * lambda / norm) : 0;
      for (int i = from; i < from + groupLength; i++) {
        gradient[i] += c * weights[i];
      }
    }
  }

  /** A group that is 0 balances a gradient of a norm of up to lambda. */
  @Override
  public double imbalance(float[] weights, float[] gradient, int count) {
    double largest = 0;
    for (int from = 0; from < count; from += groupLength) {
      double norm = norm(weights, from);
      double left = 0;
      for (int i = from; i < from + groupLength; i++) {
        double each = gradient[i] + (norm > 0 ? lambda * weights[i] / norm : 0);
        left += each * each;
      }
      largest = Math.max(largest, Math.max(0, Math.sqrt(left) - (norm > 0 ? 0 : lambda)));
    }
    return largest;
  }

  /**
   * The block soft threshold. With step sizes s and {@code t = lambda * s} the minimum has {@code
   * x_i = w_i n / (n + t_i)}, n its norm, so that n solves {@code sum (w_i / (n + t_i))^2 = 1}; it
   * is 0 where that sum is at most 1 already at n = 0. With one size for all this is {@code w *
   * max(0, 1 - t / norm(w))}.
   */
  @Override
  public void proximalStep(float[] weights, float[] steps, int count, double scale) {
    float strength = (float) (scale * lambda);
    if (strength == 0) {
      return;
    }
    for (int from = 0; from < count; from += groupLength) {
      float norm = (float) normAfter(weights, steps, from, strength);
      for (int i = from; i < from + groupLength; i++) {
        // Where the norm and t are both 0 so is w.
        weights[i] *= norm / (norm + strength * steps[i] + Float.MIN_NORMAL);
      }
    }
  }

  /**
   * Newton's method on sum^(-1/2) - 1, which is linear in n when all t are equal and nearly so
   * otherwise (the secular equation of Moré and Sorensen 1983). It is concave and rises: from the
   * norm before the step, which is above the root, one step leads to or below the root, and from
   * there the steps rise to it.
   */
  private double normAfter(float[] w, float[] steps, int from, float strength) {
    double before = norm(w, from);
    if (before == 0) {
      return 0;
    }
    double norm = before;
    double root = Math.sqrt(sumOfSquares(w, steps, from, strength, norm));
    if (1 - root <= NEAR) {
      // The slope is 1 / norm but for a share of 1 - root.
      return norm * root;
    }
    for (int step = 0; step < 100; step++) {
      double slope = slopeOfInverseRoot(steps, from, strength, norm, root);
      // A step below 0 tells nothing but that the root is far below, or 0.
      double next = Math.max(norm - (1 / root - 1) / slope, norm * 1e-3);
      if (next < before * NOTHING) {
        return 0;
      }
      root = Math.sqrt(sumOfSquares(w, steps, from, strength, next));
      if (Math.abs(1 / root - 1) <= LAST) {
        return next - (1 / root - 1) / slope;
      }
      norm = next;
    }
    return norm;
  }

  /** The derivative of sum^(-1/2) by the norm, of the sum whose terms are in {@link #squares}. */
  private double slopeOfInverseRoot(
      float[] steps, int from, float strength, double norm, double root) {
    slopes(steps, from, strength, (float) norm);
    return sum(squares, groupLength) / (root * root * root);
  }

  /** The sum of (w / (norm + t))^2; its terms stay in {@link #squares}. */
  private double sumOfSquares(
      float[] w, float[] steps, int from, float strength, double normBefore) {
    float norm = (float) normBefore + Float.MIN_NORMAL;
    for (int i = 0; i < groupLength; i++) {
      float share = w[from + i] / (norm + strength * steps[from + i]);
      squares[i] = share * share;
    }
    return sum(squares, groupLength);
  }

  /** The terms in {@link #squares} over norm + t. */
  private void slopes(float[] steps, int from, float strength, float normBefore) {
    float norm = normBefore + Float.MIN_NORMAL;
    for (int i = 0; i < groupLength; i++) {
      squares[i] /= norm + strength * steps[from + i];
    }
  }

  private double norm(float[] w, int from) {
    for (int i = 0; i < groupLength; i++) {
      squares[i] = w[from + i] * w[from + i];
    }
    return Math.sqrt(sum(squares, groupLength));
  }

  /**
   * Eight sums side by side, so that no addition waits for the one before it, and each short enough
   * for float32.
   */
  private static double sum(float[] values, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = 0;
    for (; i + 7 < count; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    double sum = ((double) a + b) + ((double) c + d) + ((double) e + f) + ((double) g + h);
    for (; i < count; i++) {
      sum += values[i];
    }
    return sum;
  }
}

package io.shrinklab.training;

import io.shrinklab.penalty.Penalty;
import io.shrinklab.penalty.PenaltyDefinition;

/** A user's own penalty: quadratic within 0.1 of zero, linear beyond (Huber 1964). */
public final class HuberPenalty implements PenaltyDefinition {
  private static final double CORNER = 0.1;

  /** As the experiment file needs it. */
  public HuberPenalty() {}

  @Override
  public Penalty penalty(double lambda) {
    return new Penalty() {
      @Override
      public double cost(float[] weights, int count, double scale) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
          double a = Math.abs(weights[i]);
          sum += a <= CORNER ? a * a / (2 * CORNER) : a - CORNER / 2;
        }
        return scale * lambda * sum;
      }

      @Override
      public void addGradient(float[] weights, float[] gradient, int count, double scale) {
        for (int i = 0; i < count; i++) {
          double slope = Math.max(-1, Math.min(1, weights[i] / CORNER));
          gradient[i] += (float) (scale * lambda * slope);
        }
      }
    };
  }
}

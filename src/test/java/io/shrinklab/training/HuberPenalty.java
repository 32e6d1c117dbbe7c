package io.shrinklab.training;

import io.shrinklab.penalty.Penalty;
import io.shrinklab.penalty.PenaltyDefinition;
import io.shrinklab.penalty.Tensor;
import java.nio.FloatBuffer;

/** A user's own penalty: quadratic within 0.1 of zero, linear beyond (Huber 1964). */
public final class HuberPenalty implements PenaltyDefinition {
  private static final double CORNER = 0.1;

  /** As the experiment file needs it. */
  public HuberPenalty() {}

  @Override
  public Penalty penalty(double lambda) {
    return new Penalty() {
      @Override
      public double cost(Tensor weights, double scale) {
        double sum = 0;
        FloatBuffer w = weights.memory();
        for (int i = 0; i < weights.size(); i++) {
          double a = Math.abs(w.get(i));
          sum += a <= CORNER ? a * a / (2 * CORNER) : a - CORNER / 2;
        }
        return scale * lambda * sum;
      }

      @Override
      public void addGradient(Tensor weights, Tensor gradient, double scale) {
        FloatBuffer w = weights.memory();
        FloatBuffer g = gradient.memory();
        for (int i = 0; i < weights.size(); i++) {
          double slope = Math.max(-1, Math.min(1, w.get(i) / CORNER));
          g.put(i, g.get(i) + (float) (scale * lambda * slope));
        }
      }
    };
  }
}

package io.shrinklab.penalty;

import io.shrinklab.spec.PenaltySpec.Method;

/**
 * How a penalty acts on the steps of one parameter in one epoch. An optimizer hands every portion
 * of the parameter to {@link #accumulate}, and then to {@link #move}; what is done with a portion,
 * and in which order, each way knows for itself.
 */
public sealed interface Action {
  /**
   * Has the gradient taken into the optimizer's state.
   *
   * @param weights not changed
   * @param gradient of the data loss; may be changed
   */
  void accumulate(PortionStep step, float[] weights, float[] gradient, int count);

  /**
   * Has the weights moved.
   *
   * @param weights changed
   * @param rate the learning rate
   */
  void move(PortionStep step, float[] weights, int count, double rate);

  /** The way of a method, with a schedule's factor on the penalty's strength. */
  static Action of(Method method, Penalty penalty, double scale) {
    return switch (method) {
      case GRADIENT -> {
        double decay = penalty.linearCoefficient(scale);
        yield decay == 0 ? new Gradient(penalty, scale) : new Coupled(decay);
      }
      case PROXIMAL -> new Proximal(penalty, scale);
      case DECOUPLED -> new Decoupled(penalty, scale);
    };
  }

  /** Acts on the gradient: the optimizer then moves as it would. */
  sealed interface OnGradient extends Action {
    @Override
    default void move(PortionStep step, float[] weights, int count, double rate) {
      step.move(0);
    }
  }

  /** Acts on the weights: the optimizer's state takes in the data loss alone. */
  sealed interface OnWeights extends Action {
    @Override
    default void accumulate(PortionStep step, float[] weights, float[] gradient, int count) {
      step.accumulate(0);
    }
  }

  /** Not at all. */
  record None() implements OnGradient {
    @Override
    public void accumulate(PortionStep step, float[] weights, float[] gradient, int count) {
      step.accumulate(0);
    }
  }

  /** The optimizer's own decay, which stands in for a gradient that is linear. */
  record Coupled(double decay) implements OnGradient {
    @Override
    public void accumulate(PortionStep step, float[] weights, float[] gradient, int count) {
      step.accumulate(decay);
    }
  }

  /** The penalty's gradient is added to the data loss's. */
  record Gradient(Penalty penalty, double scale) implements OnGradient {
    @Override
    public void accumulate(PortionStep step, float[] weights, float[] gradient, int count) {
      penalty.addGradient(weights, gradient, count, scale);
      step.accumulate(0);
    }
  }

  /** The proximal step follows the optimizer's. */
  record Proximal(Penalty penalty, double scale) implements OnWeights {
    @Override
    public void move(PortionStep step, float[] weights, int count, double rate) {
      step.move(0);
      float[] before = step.copyOfWeights();
      penalty.proximalStep(weights, step.stepSizes(), count, scale);
      step.displaced(before);
    }
  }

  /**
   * The decoupled step follows the optimizer's. With momentum m, gradient g and penalty's gradient
   * c, a velocity of g alone stands still where {@code g = -(1 - m) c}, at a tenth of the penalty
   * for m = 0.9. One that takes the step in, as it does a proximal one, stands still at {@code g =
   * -c}.
   */
  record Decoupled(Penalty penalty, double scale) implements OnWeights {
    @Override
    public void move(PortionStep step, float[] weights, int count, double rate) {
      float[] old = step.copyOfWeights();
      step.move(0);
      float[] before = step.copyOfWeights();
      penalty.decoupledStep(weights, old, count, rate, scale);
      step.displaced(before);
    }
  }

  /** Weight decay beside the optimizer's step, which takes it itself. */
  record DecoupledDecay(double decay) implements OnWeights {
    @Override
    public void move(PortionStep step, float[] weights, int count, double rate) {
      step.move(decay);
    }
  }
}

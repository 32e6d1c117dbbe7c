package io.shrinklab.penalty;

/** One portion of a parameter in an optimizer's step: what an {@link Action} may ask for. */
public interface PortionStep {
  /**
   * Takes the gradient into the optimizer's state.
   *
   * @param coupledDecay times the weight is added to the gradient
   */
  void accumulate(double coupledDecay);

  /**
   * Moves the weights by what the state says.
   *
   * @param decoupledDecay times learning rate times the weight is taken from the weight
   */
  void move(double decoupledDecay);

  /** A copy of the weights as they are, valid until the one after next; may be changed. */
  float[] copyOfWeights();

  /** How far {@link #move} moved each element per unit of a lasting gradient; may be changed. */
  float[] stepSizes();

  /**
   * Tells the state that a proximal or decoupled step moved the weights after {@link #move}.
   * Momentum that kept only the gradient's part would multiply the data loss by 1 / (1 - momentum)
   * but not the penalty, and settle at a weaker penalty than was asked for.
   *
   * @param before the weights as {@link #move} left them
   */
  void displaced(float[] before);
}

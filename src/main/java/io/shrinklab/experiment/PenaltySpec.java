package io.shrinklab.experiment;

/**
 * What is asked of the weights beyond fitting the data. A new kind is one record here and its line
 * in penalty.
 */
public sealed interface PenaltySpec {

  /** Which parameters are penalized. */
  enum Scope {
    /**
     * Multiplicative weights of dense, convolution and recurrent layers; no bias, no normalization,
     * no embedding.
     */
    WEIGHTS,
    /**
     * The same and the scales of normalization layers: the seed article's rule, "the name contains
     * weight".
     */
    WEIGHTS_AND_SCALES,
    /** Every trainable parameter, as an optimizer's weight decay does. */
    ALL
  }

  /**
   * A short name for tables and charts that groups variants over strength, for instance {@code L2
   * weights}.
   */
  String family();

  /** The strength that orders the variants of a family: lambda, or the decay; 0 for none. */
  double strength();

  /**
   * The exponent under which norm and power sum are recorded: p of the penalty, 2 where it has
   * none.
   */
  double p();

  /** No penalty. */
  @Kind("none")
  @Doc("No regularization.")
  record None() implements PenaltySpec {
    @Override
    public String family() {
      return "none";
    }

    @Override
    public double strength() {
      return 0;
    }

    @Override
    public double p() {
      return 2;
    }
  }

  /** Coupled weight decay, the optimizer's own. */
  @Kind("weight-decay")
  @Doc(
      "The optimizer's own weight decay, coupled: strength * w is added to the gradient of every trainable parameter, biases too.")
  record WeightDecay(
      @Doc("The decay added to the gradient, per unit of w.") @Range(min = 0, max = 1000)
          double strength)
      implements PenaltySpec {
    @Override
    public String family() {
      return "weight decay";
    }

    @Override
    public double p() {
      return 2;
    }
  }

  /** The Lp penalty: lambda * sum |w|^p. */
  @Kind("lp")
  @Doc("The Lp penalty lambda * sum |w|^p, on the parameters of its scope only.")
  record Lp(
      @Doc("The exponent: 1 is lasso, 2 is ridge.") @Range(min = 0, aboveMin = true, max = 16)
          double p,
      @Doc(
              "The strength: a number, or {\"matchWeightDecay\": s, \"learningRate\": r} for s / 2 * r.")
          @Range(min = 0, max = 1e6)
          Lambda lambda,
      @Doc("Which parameters are penalized.") @Default("\"weights\"") Scope scope)
      implements PenaltySpec {

    @Override
    public String family() {
      return "L" + Numbers.plain(p) + " " + Names.kebab(scope);
    }

    @Override
    public double strength() {
      return lambda.value();
    }
  }
}

package io.shrinklab.penalty;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The penalty of one run on the parameters of one network: what every run shares, whatever its
 * penalty. The optimizer asks the {@link Term} of a parameter, for each portion of it and in this
 * order, for {@link Term#addGradient}, {@link Term#coupledDecay} and {@link Term#decoupledDecay},
 * and after its own step for {@link Term#proximalStep} or {@link Term#decoupledStep}.
 */
public final class Regularizer {
  private final @Nullable Penalties penalties;
  private final List<@Nullable Term> terms;
  private double scale = 1;

  private Regularizer(@Nullable Penalties penalties, List<@Nullable Term> terms) {
    this.penalties = penalties;
    this.terms = terms;
  }

  /**
   * Sets a penalty up.
   *
   * @param spec which penalty
   * @param parameters of the network, initialized
   * @throws PenaltyException when the penalty's layers do not fit the network
   */
  public static Regularizer of(PenaltySpec spec, List<NamedParameter> parameters)
      throws PenaltyException {
    Penalties penalties = Penalties.of(spec);
    if (penalties != null && penalties.rules() != null) {
      LayerRules.check(penalties.rules(), penalties.scope(), parameters);
    }
    List<@Nullable Term> terms = new ArrayList<>();
    Regularizer regularizer = new Regularizer(penalties, terms);
    for (NamedParameter named : parameters) {
      terms.add(penalties == null ? null : regularizer.term(penalties, named));
    }
    return regularizer;
  }

  /** The term on the parameter at an index of the list given; null where it is not penalized. */
  public @Nullable Term term(int parameter) {
    return terms.get(parameter);
  }

  /** How many elements a portion of any parameter has at most, penalized or not. */
  public int portionLength() {
    int most = Portions.LENGTH;
    for (Term term : terms) {
      most = term == null ? most : Math.max(most, term.portionLength());
    }
    return most;
  }

  /** Sets the schedule's factor; call before the epoch's first step. */
  public void startEpoch(int epoch) {
    scale = penalties == null ? 1 : penalties.schedule().factor(epoch);
  }

  /** What the penalty adds to the loss at the present weights: 0 for none. */
  public double cost() {
    double cost = 0;
    for (Term term : terms) {
      cost += term == null ? 0 : term.cost();
    }
    return cost;
  }

  /** sum |w|^p over the penalized parameters. */
  public double powerSum(double p) {
    double sum = 0;
    for (Term term : terms) {
      sum += term == null ? 0 : term.weights.powerSum(p);
    }
    return sum;
  }

  private @Nullable Term term(Penalties of, NamedParameter named) {
    if (!ParameterScope.contains(of.scope(), named)) {
      return null;
    }
    double strength = of.strength();
    if (of.rules() != null) {
      LayerRule rule = LayerRules.matching(of.rules(), named);
      if (rule == null) {
        return null;
      }
      strength = rule.lambda() == null ? strength : rule.lambda().value();
    }
    Tensor weights = Tensor.of(named.parameter().getArray());
    return new Term(of, of.ofStrength().of(strength, weights.groupLength()), weights);
  }

  /**
   * The penalty on one parameter. What takes arrays works on a portion of it: whole groups, {@code
   * count} elements, at most {@link #portionLength}.
   */
  public final class Term {
    private final Method method;
    private final double decoupledDecay;
    private final Penalty penalty;
    private final Tensor weights;

    private Term(Penalties of, Penalty penalty, Tensor weights) {
      this.method = of.method();
      this.decoupledDecay = of.decoupledDecay();
      this.penalty = penalty;
      this.weights = weights;
    }

    /** How many elements a portion has at most. */
    public int portionLength() {
      return Portions.length(penalty.groupLength());
    }

    /**
     * Adds the penalty's gradient to the data loss's, where the method is the gradient and {@link
     * #coupledDecay} does not stand in for it.
     */
    public void addGradient(float[] weights, float[] gradient, int count) {
      if (method == Method.GRADIENT && penalty.linearCoefficient(scale) == 0) {
        penalty.addGradient(weights, gradient, count, scale);
      }
    }

    /** The decay that the optimizer adds to this parameter's gradient, per unit of w. */
    public double coupledDecay() {
      return method == Method.GRADIENT ? penalty.linearCoefficient(scale) : 0;
    }

    /** The shrinkage that the optimizer takes beside its step, per unit of w and learning rate. */
    public double decoupledDecay() {
      return decoupledDecay;
    }

    /** Whether {@link #proximalStep} follows the optimizer's step. */
    public boolean isProximal() {
      return method == Method.PROXIMAL;
    }

    /**
     * Takes the proximal step.
     *
     * @param weights changed
     * @param steps the optimizer's step sizes; may be changed
     */
    public void proximalStep(float[] weights, float[] steps, int count) {
      penalty.proximalStep(weights, steps, count, scale);
    }

    /** Whether {@link #decoupledStep} follows the optimizer's step. */
    public boolean isDecoupled() {
      return method == Method.DECOUPLED && decoupledDecay == 0;
    }

    /**
     * Takes the decoupled step.
     *
     * @param weights after the optimizer's step; changed
     * @param old before it; may be changed
     */
    public void decoupledStep(float[] weights, float[] old, int count, double learningRate) {
      penalty.decoupledStep(weights, old, count, learningRate, scale);
    }

    /** What this term adds to the loss. */
    public double cost() {
      return Portions.sum(
          weights.memory(),
          penalty.groupLength(),
          (portion, count) -> penalty.cost(portion, count, scale));
    }

    /** The squared norm of the gradient of {@link #cost}, whatever the method: for reports. */
    public double gradientSquares() {
      float[] gradient = new float[Math.min(portionLength(), weights.size())];
      Portions.Sum squares = PowerSum.of(2);
      return Portions.sum(
          weights.memory(),
          penalty.groupLength(),
          (portion, count) -> {
            Arrays.fill(gradient, 0f);
            penalty.addGradient(portion, gradient, count, scale);
            return squares.of(gradient, count);
          });
    }
  }
}

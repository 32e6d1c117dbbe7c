package io.shrinklab.penalty;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shrinklab.experiment.LayerRule;
import io.shrinklab.experiment.PenaltySpec;
import io.shrinklab.experiment.PenaltySpec.Method;
import io.shrinklab.network.NamedParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The penalty of one run on the parameters of one network: what every run shares, whatever its
 * penalty. For each parameter and step training calls {@link Term#beforeUpdate}, the optimizer with
 * {@link Term#coupledDecay} and {@link Term#decoupledDecay}, then {@link Term#proximalStep} or
 * {@link Term#decoupledStep}.
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
   * @param manager owns what the penalty needs beside the parameters: a copy of each, for decoupled
   *     steps
   * @throws PenaltyException when the penalty's layers do not fit the network
   */
  public static Regularizer of(PenaltySpec spec, List<NamedParameter> parameters, NDManager manager)
      throws PenaltyException {
    Penalties penalties = Penalties.of(spec);
    if (penalties != null && penalties.rules() != null) {
      LayerRules.check(penalties.rules(), penalties.scope(), parameters);
    }
    List<@Nullable Term> terms = new ArrayList<>();
    Regularizer regularizer = new Regularizer(penalties, terms);
    for (NamedParameter named : parameters) {
      terms.add(penalties == null ? null : regularizer.term(penalties, named, manager));
    }
    return regularizer;
  }

  /** The term on the parameter at an index of the list given; null where it is not penalized. */
  public @Nullable Term term(int parameter) {
    return terms.get(parameter);
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
    Chunks chunks = new Chunks();
    double sum = 0;
    for (Term term : terms) {
      sum += term == null ? 0 : chunks.sum(term.weights.memory(), PowerSum.of(p));
    }
    return sum;
  }

  private @Nullable Term term(Penalties of, NamedParameter named, NDManager manager) {
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
    return new Term(of, of.ofStrength().apply(strength), named.parameter().getArray(), manager);
  }

  /** The penalty on one parameter. */
  public final class Term {
    private final Method method;
    private final double decoupledDecay;
    private final Penalty penalty;
    private final Tensor weights;
    private final @Nullable Tensor old;

    private Term(Penalties of, Penalty penalty, NDArray array, NDManager manager) {
      this.method = of.method();
      this.decoupledDecay = of.decoupledDecay();
      this.penalty = penalty;
      this.weights = Tensor.of(array);
      boolean needsOld = method == Method.DECOUPLED && decoupledDecay == 0;
      this.old = needsOld ? Tensor.of(manager.zeros(array.getShape())) : null;
    }

    /**
     * Adds the penalty's gradient to the data loss's, unless {@link #coupledDecay} stands in for
     * it.
     */
    public void beforeUpdate(Tensor gradient) {
      if (method == Method.GRADIENT && penalty.linearCoefficient(scale) == 0) {
        penalty.addGradient(weights, gradient, scale);
      }
      if (old != null) {
        old.memory().put(0, weights.memory(), 0, weights.size());
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

    /** Whether {@link #proximalStep} follows the optimizer's update. */
    public boolean isProximal() {
      return method == Method.PROXIMAL;
    }

    /** Takes the proximal step with the optimizer's step sizes. */
    public void proximalStep(StepSizes steps) {
      penalty.proximalStep(weights, steps, scale);
    }

    /** Takes the decoupled step after the optimizer's update; nothing for other methods. */
    public void decoupledStep(double learningRate) {
      if (old != null) {
        penalty.decoupledStep(weights, old, learningRate, scale);
      }
    }

    /** What this term adds to the loss. */
    public double cost() {
      return penalty.cost(weights, scale);
    }

    /**
     * Adds the gradient of {@link #cost} to another array, whatever the method: for reports.
     *
     * @param gradient of the parameter's shape
     */
    public void addGradient(Tensor gradient) {
      penalty.addGradient(weights, gradient, scale);
    }
  }
}

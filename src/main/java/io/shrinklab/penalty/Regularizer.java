package io.shrinklab.penalty;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.tensor.Portions;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The penalty of one run on the parameters of one network: what every run shares, whatever its
 * penalty.
 */
public final class Regularizer {

  private final StrengthSchedule schedule;
  private final List<Term> terms;
  private final Action[] actions;
  private final int[] portionLengths;
  private double scale;

  private Regularizer(PenaltySpec spec, int parameters, List<Term> terms) {
    this.schedule = spec.schedule();
    this.terms = terms;
    this.actions = new Action[parameters];
    Arrays.fill(actions, new Action.None());
    this.portionLengths = new int[parameters];
    Arrays.fill(portionLengths, Portions.LENGTH);
    for (Term term : terms) {
      portionLengths[term.parameter()] = Portions.length(term.penalty().groupLength());
    }
    setScale(1);
  }

  /**
   * Sets a penalty up.
   *
   * @param spec which penalty
   * @param parameters of the network, initialized
   * @throws PenaltyException when the penalty's layers do not fit the network, or a user's own
   *     class can't be used
   */
  public static Regularizer of(PenaltySpec spec, List<NamedParameter> parameters)
      throws PenaltyException {
    return new Regularizer(spec, parameters.size(), Penalties.terms(spec, parameters));
  }

  /** How the penalty acts on the parameter at an index of the list given, in this epoch. */
  public Action action(int parameter) {
    return actions[parameter];
  }

  /** How many elements a portion of that parameter has at most: whole groups. */
  public int portionLength(int parameter) {
    return portionLengths[parameter];
  }

  /** How many elements a portion of any parameter has at most. */
  public int portionLength() {
    return Arrays.stream(portionLengths).max().orElse(Portions.LENGTH);
  }

  /** Sets the schedule's factor; call before the epoch's first step. */
  public void startEpoch(int epoch) {
    setScale(schedule.factor(epoch));
  }

  private void setScale(double factor) {
    scale = factor;
    for (Term term : terms) {
      actions[term.parameter()] = term.acting().apply(factor);
    }
  }

  /** What the penalty adds to the loss at the present weights: 0 for none. */
  public double cost() {
    return sum(term -> term.cost(scale));
  }

  /** sum |w|^p over the penalized parameters. */
  public double powerSum(double p) {
    PowerKernel kernel = PowerKernel.of(p);
    return sum(term -> term.weights().sum(kernel::powerSum));
  }

  /** The squared norm of {@link #cost}'s gradient, however the penalty acts. */
  public double gradientSquares() {
    return sum(term -> term.gradientSquares(scale));
  }

  /**
   * The gradient of {@link #cost} by one parameter, however the penalty acts.
   *
   * @param parameter its index
   * @param into as long as the parameter; zeros where it is not penalized
   */
  public void gradient(int parameter, float[] into) {
    Arrays.fill(into, 0f);
    terms.stream()
        .filter(term -> term.parameter() == parameter)
        .forEach(term -> term.gradient(scale, into));
  }

  /**
   * The squared norm of the data loss's gradient on the penalized parameters.
   *
   * @param gradients of all parameters
   */
  public double dataGradientSquares(List<Tensor> gradients) {
    return sum(term -> gradients.get(term.parameter()).sum(PowerKernel::squares));
  }

  /**
   * How far all parameters are from an optimum of the data loss with the penalty at full strength:
   * the largest {@link Penalty#imbalance}, which is the gradient itself where nothing is penalized.
   *
   * @param gradients of the data loss, of all parameters
   * @return NaN where nobody knows
   */
  public double imbalance(List<Tensor> gradients) {
    double largest = 0;
    for (int i = 0; i < gradients.size(); i++) {
      int parameter = i;
      Tensor gradient = gradients.get(i);
      largest =
          Math.max(
              largest,
              terms.stream()
                  .filter(term -> term.parameter() == parameter)
                  .findFirst()
                  .map(term -> term.imbalance(gradient))
                  .orElseGet(() -> largest(gradient)));
    }
    return largest;
  }

  /** The largest size of an element. */
  private static double largest(Tensor values) {
    float[] elements = values.copy();
    return ElasticNetPenalty.imbalance(new float[elements.length], elements, elements.length, 0, 0);
  }

  private double sum(ToDoubleFunction<Term> ofTerm) {
    double sum = 0;
    for (Term term : terms) {
      sum += ofTerm.applyAsDouble(term);
    }
    return sum;
  }
}

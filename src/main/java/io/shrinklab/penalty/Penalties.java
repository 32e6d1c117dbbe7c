package io.shrinklab.penalty;

import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.StrengthSchedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment file asks for, as a penalty that can act: the one place that knows all kinds.
 *
 * @param scope which parameters
 * @param rules narrow the scope, null for all of it
 * @param schedule of the strength
 * @param method how it enters a step
 * @param decoupledDecay the shrinkage of decoupled weight decay, 0 for other kinds
 * @param strength lambda where no rule gives another
 * @param ofStrength makes the penalty for a lambda
 */
record Penalties(
    Scope scope,
    @Nullable List<LayerRule> rules,
    StrengthSchedule schedule,
    Method method,
    double decoupledDecay,
    double strength,
    Factory ofStrength) {

  /** Makes the penalty on one parameter. */
  interface Factory {
    /**
     * With a strength, for a parameter.
     *
     * @param groupLength how many of its elements form a neuron or filter
     */
    Penalty of(double lambda, int groupLength);
  }

  /**
   * Resolves a specification; null for no penalty.
   *
   * @throws PenaltyException when a user's own class can't be used
   */
  static @Nullable Penalties of(PenaltySpec spec) throws PenaltyException {
    StrengthSchedule constant = new StrengthSchedule.Constant();
    if (spec instanceof PenaltySpec.WeightDecay decay) {
      // wd * w is the gradient of wd / 2 * w^2.
      return new Penalties(
          decay.scope(),
          null,
          constant,
          Method.GRADIENT,
          0,
          decay.strength() / 2,
          (l, group) -> new LpPenalty(2, l, 0));
    }
    if (spec instanceof PenaltySpec.DecoupledWeightDecay decay) {
      return new Penalties(
          decay.scope(),
          null,
          constant,
          Method.DECOUPLED,
          decay.strength(),
          decay.strength() / 2,
          (l, group) -> new LpPenalty(2, l, 0));
    }
    if (spec instanceof PenaltySpec.Lp lp) {
      return new Penalties(
          lp.scope(),
          lp.layers(),
          lp.schedule(),
          lp.method(),
          0,
          lp.lambda().value(),
          (l, group) -> new LpPenalty(lp.p(), l, lp.epsilon()));
    }
    if (spec instanceof PenaltySpec.ElasticNet net) {
      return new Penalties(
          net.scope(),
          net.layers(),
          net.schedule(),
          net.method(),
          0,
          1,
          (ignored, group) -> new ElasticNetPenalty(net.l1Value(), net.l2Value()));
    }
    if (spec instanceof PenaltySpec.GroupLasso lasso) {
      return new Penalties(
          Scope.WEIGHTS,
          lasso.layers(),
          lasso.schedule(),
          lasso.method(),
          0,
          lasso.lambda().value(),
          GroupLassoPenalty::new);
    }
    if (spec instanceof PenaltySpec.Custom custom) {
      PenaltyDefinition definition = PenaltyDefinition.named(custom.className());
      return new Penalties(
          custom.scope(),
          custom.layers(),
          custom.schedule(),
          custom.method(),
          0,
          custom.lambda().value(),
          (l, group) -> definition.penalty(l));
    }
    return null;
  }
}

package io.shrinklab.penalty;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.Visible;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What each kind of penalty is on a network's parameters: the one place that knows all kinds. */
final class Penalties {
  private static final KindTable<PenaltySpec, Kind> KINDS =
      KindTable.<PenaltySpec, Kind>of(PenaltySpec.class)
          .on(PenaltySpec.None.class, none -> parameters -> List.of())
          .on(
              PenaltySpec.WeightDecay.class,
              decay -> kind(decay, (s, group) -> ridgeOfDecay(s), Method.GRADIENT))
          .on(
              PenaltySpec.DecoupledWeightDecay.class,
              decay ->
                  kind(
                      decay,
                      (s, group) -> ridgeOfDecay(s),
                      (penalty, scale) -> new Action.DecoupledDecay(decay.strength())))
          .on(
              PenaltySpec.Lp.class,
              lp -> kind(lp, (l, group) -> new LpPenalty(lp.p(), l, lp.epsilon()), lp.method()))
          .on(
              PenaltySpec.ElasticNet.class,
              net ->
                  kind(
                      net,
                      (sum, group) -> new ElasticNetPenalty(net.l1Value(), net.l2Value()),
                      net.method()))
          .on(
              PenaltySpec.GroupLasso.class,
              lasso ->
                  kind(
                      lasso,
                      (l, row) -> new GroupLassoPenalty(l, groupLength(lasso, row)),
                      lasso.method()))
          .on(
              PenaltySpec.Custom.class,
              custom ->
                  parameters -> {
                    PenaltyDefinition own = own(custom.className());
                    return kind(custom, (l, group) -> own.penalty(l), custom.method())
                        .terms(parameters);
                  })
          .total();

  private Penalties() {}

  private interface Kind {
    List<Term> terms(List<NamedParameter> parameters) throws PenaltyException;
  }

  /** Makes the penalty on one parameter, of whose elements so many form a neuron or filter. */
  private interface Maker {
    Penalty of(double strength, int groupLength) throws PenaltyException;
  }

  private interface Acting {
    Action of(Penalty penalty, double scale);
  }

  /**
   * The penalty on each parameter that has one; none for no penalty.
   *
   * @param parameters of the network, initialized
   * @throws PenaltyException when a rule chooses nothing, or a user's own class can't be used
   */
  static List<Term> terms(PenaltySpec spec, List<NamedParameter> parameters)
      throws PenaltyException {
    return KINDS.get(spec).terms(parameters);
  }

  private static Kind kind(PenaltySpec spec, Maker maker, Method method) {
    return kind(spec, maker, (penalty, scale) -> Action.of(method, penalty, scale));
  }

  private static Kind kind(PenaltySpec spec, Maker maker, Acting acting) {
    return parameters -> {
      LayerRules.check(spec, parameters);
      List<Term> terms = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        NamedParameter named = parameters.get(i);
        LayerRule rule = LayerRules.matching(spec.layers(), named);
        if (rule != null && ParameterScope.contains(spec.scope(), named)) {
          double strength = rule.lambda() == null ? spec.strength() : rule.lambda().value();
          Tensor weights = named.tensor();
          Penalty penalty = maker.of(strength, weights.groupLength());
          terms.add(new Term(i, weights, penalty, scale -> acting.of(penalty, scale)));
        }
      }
      return terms;
    };
  }

  /** How many of the elements of a neuron or filter are a group. */
  private static int groupLength(PenaltySpec.GroupLasso lasso, int row) throws PenaltyException {
    int size = lasso.groupSize();
    if (size > 0 && row % size != 0) {
      throw new PenaltyException(
          "penalty.groupSize: found "
              + size
              + "; a neuron of the network has "
              + row
              + " incoming weights, so a divisor of that is needed, or layers that leave it out");
    }
    return size == 0 ? row : size;
  }

  /** s * w is the gradient of s / 2 * w^2. */
  private static Penalty ridgeOfDecay(double strength) {
    return new LpPenalty(2, strength / 2, 0);
  }

  /**
   * Finds a user's own definition by its class's name.
   *
   * @throws PenaltyException when there is no such class, or it is not one; the message says what
   *     is needed
   */
  static PenaltyDefinition own(String className) throws PenaltyException {
    try {
      // Not initialized before it is known to be one: until then no code of it runs.
      return Class.forName(className, false, Penalties.class.getClassLoader())
          .asSubclass(PenaltyDefinition.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new PenaltyException(
          "penalty.className: found "
              + Visible.word(className)
              + "; a class with a public constructor without parameters that implements "
              + PenaltyDefinition.class.getName()
              + " is needed ("
              + e
              + ")");
    }
  }
}

package io.shrinklab.spec;

import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which variants are one treatment under several names, and which differ in nothing but the
 * parameters that they penalize. Each treatment is reduced to a normal form by identities that hold
 * for every optimizer here:
 *
 * <ul>
 *   <li>coupled decay s is Lp with p = 2 and lambda = s / 2, since both add s * w to the gradient;
 *       with sgd without momentum decoupled decay is the same again
 *   <li>an elastic net without one of its parts is Lp with p = 1 or 2
 *   <li>a strength of 0 is no penalty; adamw without a decay is adam
 *   <li>scales are only in a network that is normalized
 * </ul>
 */
public final class Equivalence {
  /** Beyond this many variants nobody reads a list of pairs, and a plan must stay small. */
  private static final int MOST_VARIANTS = 2000;

  private Equivalence() {}

  /** How the variants of a group are alike. */
  public enum Likeness {
    /** The same treatment under several names. */
    SAME_TREATMENT,
    /** Different in nothing but the parameters that they penalize. */
    SAME_BUT_FOR_SCOPE
  }

  /**
   * Variants that are alike.
   *
   * @param variants their names, at least two
   */
  public record Group(Likeness likeness, List<String> variants) {

    /** Copies the list. */
    public Group {
      variants = List.copyOf(variants);
    }
  }

  /** Every group of at least two variants; none beyond 2,000 variants. */
  public static List<Group> groups(List<Variant> variants) {
    if (variants.size() > MOST_VARIANTS) {
      return List.of();
    }
    Map<Object, List<String>> same = new LinkedHashMap<>();
    Map<Object, Map<Object, String>> butForScope = new LinkedHashMap<>();
    for (Variant variant : variants) {
      PenaltySpec penalty = normal(variant);
      List<Object> rest =
          List.of(
              variant.data(), variant.network(), normal(variant.optimizer()), variant.training());
      List<Object> treatment = List.of(penalty, rest);
      same.computeIfAbsent(treatment, key -> new ArrayList<>()).add(variant.name());
      butForScope
          .computeIfAbsent(
              List.of(withScope(penalty, Scope.ALL), rest), key -> new LinkedHashMap<>())
          .putIfAbsent(treatment, variant.name());
    }
    List<Group> groups = new ArrayList<>();
    for (List<String> names : same.values()) {
      if (names.size() > 1) {
        groups.add(new Group(Likeness.SAME_TREATMENT, names));
      }
    }
    for (Map<Object, String> names : butForScope.values()) {
      if (names.size() > 1) {
        groups.add(new Group(Likeness.SAME_BUT_FOR_SCOPE, List.copyOf(names.values())));
      }
    }
    return groups;
  }

  /** A variant's penalty in normal form: equal for equal treatments. */
  static PenaltySpec normal(Variant variant) {
    PenaltySpec penalty = variant.penalty();
    if (penalty.strength() == 0) {
      return new PenaltySpec.None();
    }
    if (penalty instanceof PenaltySpec.WeightDecay decay) {
      penalty = ridge(decay.strength() / 2, decay.scope());
    } else if (penalty instanceof PenaltySpec.DecoupledWeightDecay decay
        && variant.optimizer() instanceof OptimizerSpec.Sgd sgd
        && sgd.momentum() == 0) {
      penalty = ridge(decay.strength() / 2, decay.scope());
    } else if (penalty instanceof PenaltySpec.ElasticNet net && net.l1Value() == 0) {
      penalty = part(net, 2, net.l2Value());
    } else if (penalty instanceof PenaltySpec.ElasticNet net && net.l2Value() == 0) {
      penalty = part(net, 1, net.l1Value());
    }
    if (penalty instanceof PenaltySpec.Lp lp) {
      penalty = withoutIdleKeys(lp);
    }
    return hasScales(variant.network()) ? penalty : withoutScales(penalty);
  }

  private static OptimizerSpec normal(OptimizerSpec optimizer) {
    return optimizer instanceof OptimizerSpec.AdamW adamW
        ? new OptimizerSpec.Adam(
            adamW.learningRate(), adamW.beta1(), adamW.beta2(), adamW.epsilon(), adamW.schedule())
        : optimizer;
  }

  private static PenaltySpec ridge(double lambda, Scope scope) {
    return new PenaltySpec.Lp(
        2, new Lambda(lambda), scope, Method.GRADIENT, 1, null, new StrengthSchedule.Constant());
  }

  private static PenaltySpec part(PenaltySpec.ElasticNet net, double p, double lambda) {
    return new PenaltySpec.Lp(
        p, new Lambda(lambda), net.scope(), net.method(), 1, net.layers(), net.schedule());
  }

  /** Epsilon smooths only the gradient below p = 1, and a warm-up of one epoch is none. */
  private static PenaltySpec withoutIdleKeys(PenaltySpec.Lp lp) {
    boolean smoothed = lp.p() < 1 && lp.method() == Method.GRADIENT;
    StrengthSchedule schedule =
        lp.schedule().factor(1) == 1 ? new StrengthSchedule.Constant() : lp.schedule();
    return new PenaltySpec.Lp(
        lp.p(),
        lp.lambda(),
        lp.scope(),
        lp.method(),
        smoothed ? lp.epsilon() : 1,
        lp.layers(),
        schedule);
  }

  private static boolean hasScales(NetworkSpec network) {
    if (network instanceof NetworkSpec.Mlp mlp) {
      return mlp.batchNorm();
    }
    return !(network instanceof NetworkSpec.Linear);
  }

  private static PenaltySpec withoutScales(PenaltySpec penalty) {
    boolean scales =
        (penalty instanceof PenaltySpec.Lp lp && lp.scope() == Scope.WEIGHTS_AND_SCALES)
            || (penalty instanceof PenaltySpec.ElasticNet net
                && net.scope() == Scope.WEIGHTS_AND_SCALES)
            || (penalty instanceof PenaltySpec.DecoupledWeightDecay decay
                && decay.scope() == Scope.WEIGHTS_AND_SCALES);
    return scales ? withScope(penalty, Scope.WEIGHTS) : penalty;
  }

  private static PenaltySpec withScope(PenaltySpec penalty, Scope scope) {
    if (penalty instanceof PenaltySpec.Lp lp) {
      return new PenaltySpec.Lp(
          lp.p(), lp.lambda(), scope, lp.method(), lp.epsilon(), lp.layers(), lp.schedule());
    }
    if (penalty instanceof PenaltySpec.ElasticNet net) {
      return new PenaltySpec.ElasticNet(
          net.l1(), net.l2(), scope, net.method(), net.layers(), net.schedule());
    }
    if (penalty instanceof PenaltySpec.DecoupledWeightDecay decay) {
      return new PenaltySpec.DecoupledWeightDecay(decay.strength(), scope);
    }
    return penalty;
  }
}

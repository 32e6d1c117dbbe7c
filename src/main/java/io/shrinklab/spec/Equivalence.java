package io.shrinklab.spec;

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
  static final int MOST_VARIANTS = 2000;

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
      List<Object> rest = butForPenalty(variant);
      List<Object> treatment = List.of(penalty, rest);
      same.computeIfAbsent(treatment, key -> new ArrayList<>()).add(variant.name());
      butForScope
          .computeIfAbsent(
              List.of(penalty.withScope(Scope.ALL), rest), key -> new LinkedHashMap<>())
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

  /** What decides a variant's runs beside its penalty and the seed. */
  static List<Object> butForPenalty(Variant variant) {
    return List.of(
        variant.data(), variant.network(), variant.optimizer().withoutDecay(), variant.training());
  }

  /** A variant's penalty in normal form: equal for equal treatments. */
  static PenaltySpec normal(Variant variant) {
    PenaltySpec penalty = variant.penalty();
    if (penalty.strength() == 0) {
      return new PenaltySpec.None();
    }
    penalty = penalty.normal(variant.optimizer());
    boolean idleScales =
        penalty.scope() == Scope.WEIGHTS_AND_SCALES && !variant.network().hasScales();
    return idleScales ? penalty.withScope(Scope.WEIGHTS) : penalty;
  }
}

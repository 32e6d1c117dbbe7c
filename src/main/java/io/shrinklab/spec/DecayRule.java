package io.shrinklab.spec;

import io.shrinklab.spec.PenaltySpec.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds where the seed article's rule, lambda = decay / 2 * learning rate ({@link
 * Lambda#matching}), sets an L2 penalty against a weight decay that it does not fit.
 *
 * <p>The rule equates the gradient 2 * lambda * w with learning rate * decay * w, which a decoupled
 * decay takes from w per step. A decay that is in the gradient itself, as a coupled one is under
 * any optimizer and a decoupled one under plain gradient descent, is L2 with lambda = decay / 2 on
 * the same parameters: the rule is off by the factor learning rate. See docs/weight-decay.md.
 *
 * <p>Variants are compared by their strengths, so that it does not matter whether the file says the
 * rule or its number.
 */
public final class DecayRule {
  private DecayRule() {}

  /**
   * L2 penalties with the rule's strength, and the decays that are another L2.
   *
   * @param penalties names of the L2 variants
   * @param decays names of the variants with a weight decay
   * @param lambda of the penalties
   * @param equal the lambda that is the decays
   */
  public record Misfit(List<String> penalties, List<String> decays, double lambda, double equal) {

    /** Copies the lists. */
    public Misfit {
      penalties = List.copyOf(penalties);
      decays = List.copyOf(decays);
    }
  }

  private record Strengths(double lambda, double equal) {}

  private record Treatment(List<Object> rest, PenaltySpec onAll) {}

  private record Names(Set<String> penalties, Set<String> decays) {}

  /**
   * Every misfit between variants that differ in nothing but the penalty, whatever its scope; none
   * beyond 2,000 variants.
   */
  public static List<Misfit> misfits(List<Variant> variants) {
    if (variants.size() > Equivalence.MOST_VARIANTS) {
      return List.of();
    }
    Set<Treatment> decays = new HashSet<>();
    for (Variant variant : variants) {
      if (variant.penalty().decay() > 0) {
        decays.add(treatment(variant));
      }
    }
    Map<Treatment, List<String>> penalties = new HashMap<>();
    for (Variant variant : variants) {
      // What equals another decay is not there for the rule's sake.
      if (variant.penalty().decay() == 0 && !decays.contains(treatment(variant))) {
        penalties
            .computeIfAbsent(treatment(variant), treatment -> new ArrayList<>())
            .add(variant.name());
      }
    }
    Map<Strengths, Names> found = new LinkedHashMap<>();
    for (Variant variant : variants) {
      double decay = variant.penalty().decay();
      Treatment treatment = treatment(variant);
      PenaltySpec equal = PenaltySpec.Lp.ridge(decay / 2, Scope.ALL);
      Lambda rule = Lambda.matching(decay, variant.optimizer().learningRate());
      PenaltySpec ruled = PenaltySpec.Lp.ridge(rule.value(), Scope.ALL);
      if (treatment.onAll().equals(equal) && !ruled.equals(equal)) {
        List<String> names = penalties.get(new Treatment(treatment.rest(), ruled));
        if (names != null) {
          Names both =
              found.computeIfAbsent(
                  new Strengths(rule.value(), decay / 2),
                  key -> new Names(new LinkedHashSet<>(), new LinkedHashSet<>()));
          both.penalties().addAll(names);
          both.decays().add(variant.name());
        }
      }
    }
    List<Misfit> misfits = new ArrayList<>();
    found.forEach(
        (strengths, names) ->
            misfits.add(
                new Misfit(
                    List.copyOf(names.penalties()),
                    List.copyOf(names.decays()),
                    strengths.lambda(),
                    strengths.equal())));
    return misfits;
  }

  private static Treatment treatment(Variant variant) {
    return new Treatment(
        Equivalence.butForPenalty(variant), Equivalence.normal(variant).withScope(Scope.ALL));
  }
}

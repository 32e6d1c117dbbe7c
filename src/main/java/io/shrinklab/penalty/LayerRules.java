package io.shrinklab.penalty;

import io.shrinklab.experiment.LayerRule;
import io.shrinklab.experiment.NetworkSpec;
import io.shrinklab.experiment.PenaltySpec;
import io.shrinklab.experiment.PenaltySpec.Scope;
import io.shrinklab.experiment.Variant;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that choose parameters by name, held against a network. */
public final class LayerRules {
  private LayerRules() {}

  /**
   * Checks variants before anything is trained; starts no engine. A network of the user's own is
   * checked when it is built.
   *
   * @throws PenaltyException when a rule chooses nothing, or a user's own penalty can't be used;
   *     the message names the variant
   */
  public static void check(Iterable<Variant> variants) throws PenaltyException {
    Set<Object> checked = new HashSet<>();
    for (Variant variant : variants) {
      Object seen = List.of(variant.network(), variant.penalty());
      if (needsNetwork(variant.penalty()) && checked.add(seen)) {
        try {
          check(variant);
        } catch (PenaltyException e) {
          throw new PenaltyException("variant " + variant.name() + ": " + e.getMessage());
        }
      }
    }
  }

  private static boolean needsNetwork(PenaltySpec penalty) {
    return !(penalty instanceof PenaltySpec.None
        || penalty instanceof PenaltySpec.WeightDecay
        || penalty instanceof PenaltySpec.DecoupledWeightDecay
        || (penalty instanceof PenaltySpec.Lp lp && lp.layers() == null));
  }

  private static void check(Variant variant) throws PenaltyException {
    Penalties penalties = Penalties.of(variant.penalty());
    if (penalties != null
        && penalties.rules() != null
        && !(variant.network() instanceof NetworkSpec.Custom)) {
      check(penalties.rules(), penalties.scope(), Networks.outline(variant.network()));
    }
  }

  /**
   * The first rule that a parameter's name matches.
   *
   * @return null where none does
   */
  static @Nullable LayerRule matching(List<LayerRule> rules, NamedParameter named) {
    return rules.stream()
        .filter(rule -> pattern(rule).matcher(named.name()).matches())
        .findFirst()
        .orElse(null);
  }

  /**
   * Refuses rules that choose nothing.
   *
   * @throws PenaltyException when a rule matches no parameter of the scope; the message lists them
   */
  static void check(List<LayerRule> rules, Scope scope, List<NamedParameter> parameters)
      throws PenaltyException {
    List<String> names =
        parameters.stream()
            .filter(named -> ParameterScope.contains(scope, named))
            .map(NamedParameter::name)
            .toList();
    List<String> idle =
        rules.stream()
            .filter(rule -> names.stream().noneMatch(name -> pattern(rule).matcher(name).matches()))
            .map(rule -> "\"" + rule.match() + "\"")
            .toList();
    if (!idle.isEmpty()) {
      throw new PenaltyException(
          "penalty.layers: found "
              + String.join(", ", idle)
              + ", which match"
              + (idle.size() == 1 ? "es" : "")
              + " no parameter in scope; there are "
              + names.stream().collect(Collectors.joining(", "))
              + "; * stands for any characters and ? for one");
    }
  }

  private static Pattern pattern(LayerRule rule) {
    String quoted = Pattern.quote(rule.match());
    return Pattern.compile(quoted.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
  }
}

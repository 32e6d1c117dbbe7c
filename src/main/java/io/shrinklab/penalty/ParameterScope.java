package io.shrinklab.penalty;

import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Multiplication;
import io.shrinklab.experiment.LayerRule;
import io.shrinklab.experiment.PenaltySpec.Scope;
import io.shrinklab.network.NamedParameter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which parameters a penalty sees. */
public final class ParameterScope {
  private ParameterScope() {}

  /**
   * Whether this is a multiplicative weight: the weight of a dense, convolution or recurrent layer.
   * The engine's type WEIGHT alone does not tell, since embeddings and {@code Multiplication} have
   * it too.
   */
  public static boolean isMultiplicativeWeight(NamedParameter named) {
    return named.parameter().getType() == Parameter.Type.WEIGHT
        && named.parameter().getShape().dimension() >= 2
        && !(named.owner() instanceof Embedding)
        && !(named.owner() instanceof Multiplication);
  }

  /** Whether a scope takes a parameter in; parameters that are not trained never are. */
  static boolean contains(Scope scope, NamedParameter named) {
    if (!named.parameter().requiresGradient()) {
      return false;
    }
    return switch (scope) {
      case WEIGHTS -> isMultiplicativeWeight(named);
      case WEIGHTS_AND_SCALES ->
          isMultiplicativeWeight(named) || named.parameter().getType() == Parameter.Type.GAMMA;
      case ALL -> true;
    };
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
            .filter(named -> contains(scope, named))
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

package io.shrinklab.penalty;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.Variant;
import io.shrinklab.spec.Visible;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that choose parameters by name, held against a network. */
public final class LayerRules {
  /** Answers kept, so that memory stays flat also where a grid is over networks. */
  private static final int MOST_ANSWERS = 10_000;

  private static final LayerRule EVERYTHING = new LayerRule("*", null);

  private LayerRules() {}

  /**
   * Checks variants before anything is trained; starts the engine for networks in files, and for no
   * other. A network of the user's own is checked when it is built.
   *
   * @throws PenaltyException when a rule chooses nothing, or a user's own penalty can't be used;
   *     the message names the variant
   */
  public static void check(Iterable<Variant> variants) throws PenaltyException {
    Set<Question> answered = new HashSet<>();
    for (Variant variant : variants) {
      Question question = Question.of(variant);
      if (question.isOpen() && answered.add(question)) {
        if (answered.size() > MOST_ANSWERS) {
          answered.clear();
        }
        try {
          check(variant);
        } catch (PenaltyException e) {
          throw new PenaltyException("variant " + variant.name() + ": " + e.getMessage());
        }
      }
    }
  }

  /**
   * What there is to check of a variant: the same for all strengths, so that a grid of a million
   * asks a few times.
   *
   * @param className of the user's own penalty; empty for others
   * @param matches the rules' patterns; empty without rules
   * @param network that the rules are held against; null without rules
   */
  private record Question(
      String className, List<String> matches, Scope scope, @Nullable NetworkSpec network) {

    static Question of(Variant variant) {
      PenaltySpec penalty = variant.penalty();
      List<LayerRule> rules = penalty.layers();
      return new Question(
          penalty.className(),
          rules == null ? List.of() : rules.stream().map(LayerRule::match).toList(),
          penalty.scope(),
          rules == null ? null : variant.network());
    }

    boolean isOpen() {
      return network != null || !className.isEmpty();
    }
  }

  private static void check(Variant variant) throws PenaltyException {
    PenaltySpec penalty = variant.penalty();
    if (!penalty.className().isEmpty()) {
      Penalties.own(penalty.className());
    }
    if (penalty.layers() != null && variant.network().className().isEmpty()) {
      check(penalty, Networks.outline(variant.network()));
    }
  }

  /**
   * The first rule that a parameter's name matches.
   *
   * @param rules null for one that matches everything
   * @return null where none does
   */
  static @Nullable LayerRule matching(@Nullable List<LayerRule> rules, NamedParameter named) {
    return rules == null
        ? EVERYTHING
        : rules.stream()
            .filter(rule -> pattern(rule).matcher(named.name()).matches())
            .findFirst()
            .orElse(null);
  }

  /**
   * Refuses rules that choose nothing.
   *
   * @throws PenaltyException when a rule matches no parameter of the scope; the message lists them
   */
  static void check(PenaltySpec penalty, List<NamedParameter> parameters) throws PenaltyException {
    List<LayerRule> rules = penalty.layers();
    if (rules == null) {
      return;
    }
    List<String> names =
        parameters.stream()
            .filter(named -> ParameterScope.contains(penalty.scope(), named))
            .map(NamedParameter::name)
            .toList();
    List<String> idle =
        rules.stream()
            .filter(rule -> names.stream().noneMatch(name -> pattern(rule).matcher(name).matches()))
            .map(rule -> Visible.quoted(rule.match()))
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

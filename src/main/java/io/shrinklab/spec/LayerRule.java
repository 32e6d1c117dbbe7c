package io.shrinklab.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses parameters by name, and gives them a strength of their own. */
@Doc("Chooses parameters by name, and gives them a strength of their own.")
public record LayerRule(
    @Doc("A parameter's name, or a pattern with * and ?: \"dense1.weight\", \"dense*\".")
        String match,
    @Doc("The strength for what matches; null for the penalty's own.")
        @Range(min = 0, max = 1e6)
        @Default("null")
        @Nullable Lambda lambda) {

  static void refuseLambdas(@Nullable List<LayerRule> rules, Check.Reporter reporter) {
    if (rules != null && rules.stream().anyMatch(rule -> rule.lambda() != null)) {
      reporter.problem(
          "layers",
          null,
          "only \"match\" here: this penalty has two strengths, so a layer can't override one");
    }
  }
}

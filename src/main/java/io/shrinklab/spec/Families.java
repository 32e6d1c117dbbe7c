package io.shrinklab.spec;

import org.jspecify.annotations.Nullable;

/** Makes the names of penalty families. */
final class Families {
  private Families() {}

  /** The base name, the scope unless it is the usual one, the method unless it is the usual one. */
  static String of(
      String base,
      PenaltySpec.Scope scope,
      PenaltySpec.@Nullable Scope usualScope,
      PenaltySpec.Method method,
      PenaltySpec.Method usualMethod) {
    return base
        + (scope == usualScope ? "" : " " + Names.kebab(scope))
        + (method == usualMethod ? "" : " " + Names.kebab(method));
  }
}

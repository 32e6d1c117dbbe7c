package io.shrinklab.wording;

import io.shrinklab.analysis.MainEffect;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.Rule;
import java.util.ArrayList;
import java.util.List;

/** Which setting matters most, in plain sentences. */
public final class Effects {
  private static final int NAMED = 5;

  private Effects() {}

  /** A sentence per setting, the one that matters most first, then what they leave out. */
  public static List<String> of(MainEffects effects, String scoreName) {
    List<String> sentences = new ArrayList<>();
    for (MainEffect effect : effects.effects()) {
      sentences.add(
          name(effect)
              + " "
              + (effect.gap() == null
                  ? computed(effect, scoreName)
                  : "has no main effect here: " + gap(effect.gap()) + "."));
    }
    if (!Double.isNaN(effects.interplay())) {
      sentences.add(
          percent(effects.interplay())
              + " goes with no single setting: there what one does hangs on the others, or is"
              + " luck.");
    }
    if (!effects.leftOut().isEmpty()) {
      sentences.add(
          "Not among these, since runs diverged or too few completed: %s."
              .formatted(Formats.some(effects.leftOut(), NAMED)));
    }
    return sentences;
  }

  /** How the effects are made; empty where there are none. */
  public static String rule(MainEffects effects) {
    return effects.effects().stream().allMatch(effect -> effect.gap() != null)
        ? ""
        : "The effect of a value is the mean over its variants minus the mean over all values of"
            + " the setting, with the same combinations of the other settings, seed by seed over"
            + " %s. All these %ss hold together; the verdicts on variants spend an error of their"
                .formatted(Formats.count(effects.seeds(), "seed"), Formats.SIMULTANEOUS)
            + " own.";
  }

  /** A setting, with those that change along with it. */
  public static String name(MainEffect effect) {
    List<String> along = effect.factor().along();
    return effect.factor().setting()
        + (along.isEmpty() ? "" : " (with " + Formats.some(along, NAMED) + ")");
  }

  /** A value; variants may have none. */
  public static String value(String value) {
    return value.isEmpty() ? "none" : value;
  }

  /** Why there are no numbers, where there are none; empty where there are. */
  public static String reason(MainEffect effect, MainEffect.Level level) {
    return effect.gap() != null
        ? gap(effect.gap())
        : level.variants() > 0
            ? ""
            : "left out: too few combinations of the other settings have this value";
  }

  /** {@code 12 %} of 0.123. */
  private static String percent(double share) {
    return share > 0 && share < 0.005 ? "less than 1 %" : Math.round(100 * share) + " %";
  }

  private static String computed(MainEffect effect, String scoreName) {
    List<MainEffect.Level> ranked = effect.ranked();
    MainEffect.Level low = ranked.get(0);
    MainEffect.Level high = ranked.get(ranked.size() - 1);
    List<String> out =
        effect.levels().stream()
            .filter(level -> level.variants() == 0)
            .map(level -> value(level.value()))
            .toList();
    return "goes with %s of the variation between the variants' mean %s: %s at %s, %s at %s%s.%s"
        .formatted(
            percent(effect.share()),
            scoreName,
            Formats.score(low.mean()),
            value(low.value()),
            Formats.score(high.mean()),
            value(high.value()),
            told(effect.adjustedPValue()),
            out.isEmpty()
                ? ""
                : " Left out, since too few combinations of the other settings have it: "
                    + Formats.some(out, NAMED)
                    + ".");
  }

  private static String told(double adjusted) {
    if (Double.isNaN(adjusted)) {
      return "; too few seeds for an interval";
    }
    return (adjusted <= Rule.LEVEL ? " (" : "; not told from luck (")
        + Formats.pValue(adjusted)
        + ")";
  }

  private static String gap(MainEffect.Gap gap) {
    return switch (gap) {
      case UNBALANCED ->
          "its values come with other values of the other settings, so no like is set against like";
      case OWN_VALUES -> "every variant has a value of its own";
      case NO_COMMON_SEED -> "no seed was completed by all variants";
    };
  }
}

package io.shrinklab.spec;

import java.util.Locale;

/** Spellings of names between Java and the experiment file. */
public final class Names {
  private Names() {}

  /** The file's spelling of a constant: {@code PER_SEED} is {@code per-seed}. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

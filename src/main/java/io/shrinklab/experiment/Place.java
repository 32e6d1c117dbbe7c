package io.shrinklab.experiment;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document, as a chain from the root: {@code variants[2].penalty.lambda}. Spelled
 * out only when a problem is reported.
 *
 * @param parent the object or list that holds it; null for the root
 * @param step the last part as it is spelled, with its dot or brackets
 */
record Place(@Nullable Place parent, String step) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /** The whole document. */
  static final Place ROOT = new Place(null, "");

  /** A key of the object here. */
  Place key(String key) {
    if (!WORD.matcher(key).matches()) {
      return new Place(this, "[\"" + key + "\"]");
    }
    return new Place(this, this.equals(ROOT) ? key : "." + key);
  }

  /** An element of the list here, counted from 0. */
  Place element(int index) {
    return new Place(this, "[" + index + "]");
  }

  /** The last key alone. */
  String name() {
    return step.startsWith(".") ? step.substring(1) : step;
  }

  @Override
  public String toString() {
    return parent == null ? step : parent + step;
  }
}

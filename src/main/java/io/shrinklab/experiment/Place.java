package io.shrinklab.experiment;

import io.shrinklab.spec.Visible;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document, as a chain from the root: {@code variants[2].penalty.lambda}. Spelled
 * out only when a problem is reported.
 *
 * @param parent the object or list that holds it; null for the root
 * @param step the last part as it is spelled, with its dot or brackets
 */
record Place(@Nullable Place parent, String step) {
  /** The whole document. */
  static final Place ROOT = new Place(null, "");

  /** A key of the object here. */
  Place key(String key) {
    if (!isWord(key)) {
      return new Place(this, "[\"" + key + "\"]");
    }
    return new Place(this, parent == null && step.isEmpty() ? key : "." + key);
  }

  /** Asked for every key of every section of a grid: a regular expression would be felt. */
  private static boolean isWord(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean later = i > 0 && ((c >= '0' && c <= '9') || c == '-');
      if (!letter && !later) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  /** An element of the list here, counted from 0. */
  Place element(int index) {
    return new Place(this, "[" + index + "]");
  }

  /** The last key alone. */
  String name() {
    return step.startsWith(".") ? step.substring(1) : step;
  }

  /** Steps are cut where they are long: keys are what others wrote. */
  @Override
  public String toString() {
    String shown = Visible.word(step);
    return parent == null ? shown : parent + shown;
  }
}

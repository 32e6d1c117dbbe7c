package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;

/**
 * One pass over a tree.
 *
 * @param problems takes what is wrong
 * @param origins where the tree's parts were written
 * @param fragment whether keys may be missing because they come from elsewhere
 */
record Reading(Problems problems, Origins origins, boolean fragment) {
  /** Of a tree that has to be whole. */
  static Reading whole(Problems problems, Origins origins) {
    return new Reading(problems, origins, false);
  }

  /** Of a part, which others complete. */
  static Reading fragment(Problems problems) {
    return new Reading(problems, Origins.SAME, true);
  }

  /** Reports a value that is not of the kind needed. */
  void wrong(Place place, JsonNode found, String needed) {
    unfit(place, found, "needs " + needed);
  }

  /** Reports a value in words of one's own. */
  void unfit(Place place, JsonNode found, String message) {
    problems.add(origins.ofValue(place), JsonText.quote(found), message);
  }

  /** Reports a key that nobody knows. */
  void unknownKey(Place place, JsonNode found, Collection<String> known) {
    Place key = origins.ofKey(place);
    // Of a grid's key every value is wrong: said once.
    String value = key.equals(origins.ofValue(place)) ? JsonText.quote(found) : "";
    problems.add(key, value, unknownKey(place, known));
  }

  /** The message for a key that nobody knows. */
  static String unknownKey(Place place, Collection<String> known) {
    String hint = Nearest.hint(place.name(), known);
    return "unknown key"
        + (hint.isEmpty() ? ";" : hint)
        + " known here: "
        + String.join(", ", known);
  }

  /** Reports a key that isn't there. */
  void missing(Place place, String allowed) {
    problems.add(origins.ofKey(place), "", "missing; needs " + allowed);
  }
}

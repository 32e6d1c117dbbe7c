package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One pass over a tree.
 *
 * @param problems takes what is wrong
 * @param origins where the tree's parts were written
 * @param fragment whether keys may be missing because they come from elsewhere
 */
record Reading(Problems problems, Origins origins, boolean fragment) {
  /** Reports a value. */
  void wrong(Place place, JsonNode found, String allowed) {
    problems.add(origins.ofValue(place), JsonText.quote(found), allowed);
  }

  /** Reports a key that nobody knows. */
  void unknownKey(Place place, JsonNode found, String allowed) {
    problems.add(origins.ofKey(place), JsonText.quote(found), allowed);
  }

  /** Reports a key that isn't there. */
  void missing(Place place, String allowed) {
    problems.add(origins.ofKey(place), "", "missing; needed: " + allowed);
  }
}

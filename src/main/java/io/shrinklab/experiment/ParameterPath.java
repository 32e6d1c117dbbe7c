package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path to anything that decides a run: {@code penalty.lambda}, {@code network.hidden[0]},
 * or a whole section, {@code optimizer}.
 *
 * @param text as the user wrote it
 * @param steps keys (String) and positions in lists (Integer); the first is a section
 */
record ParameterPath(String text, List<Object> steps) {
  private static final Pattern STEP =
      Pattern.compile("\\.?([A-Za-z][A-Za-z0-9_-]*)|\\[(\\d{1,6})]");
  private static final List<String> SECTIONS =
      Arrays.stream(Section.values()).map(Section::key).toList();

  /** Reads one; null after a problem was reported. */
  static @Nullable ParameterPath parse(String text, Place place, Problems problems) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      String key = matcher.group(1);
      steps.add(key == null ? (Object) Integer.valueOf(matcher.group(2)) : key);
      end = matcher.end();
    }
    if (end < text.length() || steps.isEmpty() || text.startsWith(".")) {
      problems.add(
          place, "", "needs a dotted path, for instance penalty.lambda or network.hidden[0]");
      return null;
    }
    String section = steps.get(0).toString();
    if (!SECTIONS.contains(section)) {
      problems.add(
          place,
          "",
          "a path begins with one of "
              + String.join(", ", SECTIONS)
              + Nearest.hint(section, SECTIONS));
      return null;
    }
    return new ParameterPath(text, steps);
  }

  /** The section that it leads into. */
  Section section() {
    String key = steps.get(0).toString();
    return Arrays.stream(Section.values())
        .filter(section -> section.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Where it leads in a tree whose sections are at {@code root}. */
  Place place(Place root) {
    Place place = root;
    for (Object step : steps) {
      place = step instanceof Integer index ? place.element(index) : place.key(step.toString());
    }
    return place;
  }

  /** The last key, for names. */
  String lastKey() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i) instanceof String key) {
        return key;
      }
    }
    throw new IllegalStateException("a path begins with a section");
  }

  /** Whether this and the other path set the same, or one a part of what the other sets. */
  boolean overlaps(ParameterPath other) {
    int shared = Math.min(steps.size(), other.steps.size());
    return steps.subList(0, shared).equals(other.steps.subList(0, shared));
  }

  /** Whether the tree has a value here. */
  boolean isIn(JsonNode tree) {
    JsonNode at = tree;
    for (Object step : steps) {
      at = step instanceof Integer index ? at.path(index) : at.path(step.toString());
    }
    return !at.isMissingNode();
  }

  /** Sets the value here, making objects on the way; false when something else is in the way. */
  boolean set(ObjectNode tree, JsonNode value) {
    JsonNode at = tree;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      if (steps.get(i) instanceof Integer index) {
        if (!(at instanceof ArrayNode list) || index >= list.size()) {
          return false;
        }
        at = last ? list.set(index, value) : list.get(index);
      } else {
        if (!(at instanceof ObjectNode object)) {
          return false;
        }
        String key = steps.get(i).toString();
        if (last) {
          object.set(key, value);
        } else {
          JsonNode next = object.get(key);
          boolean make = next == null || next.isNull();
          if (make && steps.get(i + 1) instanceof Integer) {
            return false;
          }
          at = make ? object.putObject(key) : next;
        }
      }
    }
    return true;
  }

  /** What is wrong when {@link #set} is false. */
  String obstacle() {
    return "needs a path through objects, and through elements that a list has; this one is not";
  }
}

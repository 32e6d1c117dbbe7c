package io.shrinklab.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the paths that messages give: {@code variants[2].grid["penalty.lambda"][0]}. */
final class JsonPaths {
  private static final Pattern STEP =
      Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_-]*)|\\[(\\d+)]|\\[\"(.*?)\"]", Pattern.DOTALL);

  private JsonPaths() {}

  /** The value there; a missing node where there is none. */
  static JsonNode at(JsonNode root, String path) {
    JsonNode node = root;
    Matcher step = STEP.matcher(path);
    int at = 0;
    while (at < path.length()) {
      if (!step.find(at) || step.start() != at) {
        return MissingNode.getInstance();
      }
      String key = step.group(1) == null ? step.group(3) : step.group(1);
      node = key == null ? node.path(Integer.parseInt(step.group(2))) : node.path(key);
      at = step.end();
    }
    return node;
  }

  /** The path of what holds a value. */
  static String parent(String path) {
    Matcher step = STEP.matcher(path);
    int last = 0;
    while (step.find()) {
      last = step.start();
    }
    return path.substring(0, last);
  }
}

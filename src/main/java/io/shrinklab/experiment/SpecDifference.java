package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A value in which two variants' resolved specifications differ.
 *
 * @param path of the value, as in a grid: {@code penalty.lambda}
 * @param left its JSON text, words without quotes; empty where the first has no such value
 * @param right the same of the second
 */
public record SpecDifference(String path, String left, String right) {
  /** Below it a number is read more easily with its exponent. */
  private static final double SMALL = 1e-3;

  /** In the order of the sections and their keys; names are no part of a treatment. */
  public static List<SpecDifference> between(Variant left, Variant right) {
    List<SpecDifference> differences = new ArrayList<>();
    for (Section section : Section.values()) {
      compare(
          section.key(),
          section.shape().write(section.of(left)),
          section.shape().write(section.of(right)),
          differences);
    }
    return differences;
  }

  private static void compare(
      String path, JsonNode left, JsonNode right, List<SpecDifference> differences) {
    if (left.isObject() && right.isObject()) {
      Set<String> keys = new LinkedHashSet<>();
      left.fieldNames().forEachRemaining(keys::add);
      right.fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        compare(path + "." + key, left.path(key), right.path(key), differences);
      }
      return;
    }
    String one = text(left);
    String other = text(right);
    if (!one.equals(other)) {
      differences.add(new SpecDifference(path, one, other));
    }
  }

  /** A value as people read it: words without quotes, small numbers with an exponent. */
  public static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isDouble()) {
      double number = value.doubleValue();
      return number != 0 && Math.abs(number) < SMALL
          ? Numbers.scientific(number)
          : Numbers.plain(number);
    }
    String json = value.toString();
    return value.isTextual() ? json.substring(1, json.length() - 1) : json;
  }
}

package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value of resolved specifications, side by side for several variants.
 *
 * @param path of the value, as in a grid: {@code penalty.lambda}, {@code network.hidden[0]}
 * @param values one per variant, in their order; a missing node where a variant has none
 */
public record SpecValue(String path, List<JsonNode> values) {
  /** Below it a number is read more easily with its exponent. */
  private static final double SMALL = 1e-3;

  /**
   * Every value that any of the variants has, in the order of the sections and their keys; names
   * are no part of it. A list is one value, but where lists of one length differ each element is.
   */
  public static List<SpecValue> of(Collection<Variant> variants) {
    List<SpecValue> values = new ArrayList<>();
    for (Section section : Section.values()) {
      // Most sections are the same record in all variants, so each is written once.
      Map<Object, Integer> places = new LinkedHashMap<>();
      List<Integer> placeOf = new ArrayList<>();
      List<JsonNode> written = new ArrayList<>();
      for (Variant variant : variants) {
        Object part = section.of(variant);
        Integer place = places.get(part);
        if (place == null) {
          place = places.size();
          places.put(part, place);
          written.add(section.shape().write(part));
        }
        placeOf.add(place);
      }
      walk(
          section.key(),
          written,
          (path, nodes) ->
              values.add(new SpecValue(path, placeOf.stream().map(nodes::get).toList())));
    }
    return values;
  }

  private interface Found {
    void value(String path, List<JsonNode> nodes);
  }

  private static void walk(String path, List<JsonNode> nodes, Found found) {
    List<JsonNode> present =
        nodes.stream().filter(node -> !node.isMissingNode() && !node.isNull()).toList();
    if (present.isEmpty()) {
      return;
    }
    JsonNode first = present.get(0);
    if (present.stream().allMatch(JsonNode::isObject)) {
      Set<String> keys = new LinkedHashSet<>();
      present.forEach(node -> node.fieldNames().forEachRemaining(keys::add));
      for (String key : keys) {
        walk(path + "." + key, nodes.stream().map(node -> node.path(key)).toList(), found);
      }
    } else if (present.stream().allMatch(node -> node.isArray() && node.size() == first.size())
        && present.stream().anyMatch(node -> !node.equals(first))) {
      for (int i = 0; i < first.size(); i++) {
        int index = i;
        walk(path + "[" + i + "]", nodes.stream().map(node -> node.path(index)).toList(), found);
      }
    } else {
      found.value(
          path,
          nodes.stream().map(node -> node.isNull() ? MissingNode.getInstance() : node).toList());
    }
  }

  /** Whether two variants differ in it. */
  public boolean varies() {
    String first = text(values.get(0));
    return values.stream().anyMatch(value -> !text(value).equals(first));
  }

  /**
   * The values that variants have, each once, numbers by size and before words; a single one where
   * variants differ only in whether they have it.
   */
  public List<String> choices() {
    return values.stream()
        .map(SpecValue::text)
        .filter(text -> !text.isEmpty())
        .distinct()
        .sorted(Comparator.comparing(SpecValue::size).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static double size(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.POSITIVE_INFINITY;
    }
  }

  /** A variant's value as people read it. */
  public String text(int variant) {
    return text(values.get(variant));
  }

  /**
   * Words without quotes, small numbers with an exponent, empty where there is none; two values
   * have one text only where they are the same.
   */
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

package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.SpecDifference;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep's variants have in common, and in what they differ.
 *
 * @param common by section of the file, {@code kind} first, as one line of text each
 * @param varied paths of the values that differ, in the order of the file
 * @param values by variant's name and path; a variant without such a value has ""
 */
record Settings(
    Map<String, String> common, List<String> varied, Map<String, Map<String, String>> values) {

  static Settings of(List<Variant> variants) {
    if (variants.isEmpty()) {
      return new Settings(Map.of(), List.of(), Map.of());
    }
    Variant first = variants.get(0);
    Map<String, String> ofFirst = new LinkedHashMap<>();
    Map<String, Map<String, String>> others = new HashMap<>();
    for (Variant variant : variants) {
      Map<String, String> own = new HashMap<>();
      for (SpecDifference difference : SpecDifference.between(first, variant)) {
        ofFirst.putIfAbsent(difference.path(), difference.left());
        own.put(difference.path(), difference.right());
      }
      others.put(variant.name(), own);
    }
    Map<String, Map<String, String>> values = new HashMap<>();
    for (Variant variant : variants) {
      Map<String, String> all = new LinkedHashMap<>(ofFirst);
      all.putAll(others.getOrDefault(variant.name(), Map.of()));
      values.put(variant.name(), all);
    }
    List<String> varied = List.copyOf(ofFirst.keySet());
    return new Settings(common(first, varied), varied, values);
  }

  /** A variant's value of every path that varies. */
  Map<String, String> of(Variant variant) {
    return values.getOrDefault(variant.name(), Map.of());
  }

  private static Map<String, String> common(Variant variant, List<String> varied) {
    JsonNode tree = SpecJson.write(new RunSpec(variant, 0)).path("variant");
    Map<String, String> common = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> section : tree.properties()) {
      if (section.getValue().isObject()) {
        List<String> parts = new ArrayList<>();
        add(section.getKey(), "", section.getValue(), varied, parts);
        if (!parts.isEmpty()) {
          common.put(section.getKey(), String.join(", ", parts));
        }
      }
    }
    return common;
  }

  private static void add(
      String path, String key, JsonNode value, List<String> varied, List<String> parts) {
    if (varied.contains(path) || value.isNull()) {
      return;
    }
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              child ->
                  add(
                      path + "." + child.getKey(),
                      // A schedule's kind is its section's word, the outermost needs none.
                      child.getKey().equals("kind") ? key : child.getKey(),
                      child.getValue(),
                      varied,
                      parts));
    } else {
      parts.add((key + " " + SpecDifference.text(value)).strip());
    }
  }
}

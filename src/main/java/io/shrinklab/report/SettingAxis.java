package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The one number that an experiment's top-level grid varies.
 *
 * @param path where the file has it: {@code data.features}
 * @param values of each setting, in the experiment's order
 */
record SettingAxis(String path, Map<String, Double> values) {
  /** Two points make no curve. */
  private static final int LEAST_VALUES = 3;

  /**
   * Of settings that differ in one number and in nothing else; empty where they do not, or where
   * there are fewer than three.
   */
  static Optional<SettingAxis> of(SweepAnalysis analysis) {
    if (analysis.variants().isEmpty() || analysis.variants().get(0).variant().setting().isEmpty()) {
      return Optional.empty();
    }
    // A top-level grid multiplies all entries alike, so one of them tells.
    String entry = analysis.variants().get(0).variant().entry();
    Map<String, Map<String, JsonNode>> settings = new LinkedHashMap<>();
    for (VariantSummary summary : analysis.variants()) {
      if (summary.variant().entry().equals(entry)) {
        settings.put(summary.variant().setting(), leaves(summary.variant()));
      }
    }
    List<String> varied = varied(List.copyOf(settings.values()));
    if (varied.size() != 1 || settings.size() < LEAST_VALUES) {
      return Optional.empty();
    }
    String path = varied.get(0);
    Map<String, Double> values = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, JsonNode>> setting : settings.entrySet()) {
      JsonNode value = setting.getValue().get(path);
      if (value == null || !value.isNumber()) {
        return Optional.empty();
      }
      values.put(setting.getKey(), value.doubleValue());
    }
    return Optional.of(new SettingAxis(path, values));
  }

  /** Whether a logarithmic axis shows it better. */
  boolean spansDecades() {
    double low = values.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return low > 0 && high >= 10 * low;
  }

  private static List<String> varied(List<Map<String, JsonNode>> settings) {
    Map<String, JsonNode> first = settings.get(0);
    List<String> varied = new ArrayList<>();
    for (Map<String, JsonNode> setting : settings) {
      if (!setting.keySet().equals(first.keySet())) {
        // Another kind somewhere: no single number is varied.
        return List.of();
      }
    }
    for (Map.Entry<String, JsonNode> leaf : first.entrySet()) {
      if (settings.stream()
          .anyMatch(setting -> !leaf.getValue().equals(setting.get(leaf.getKey())))) {
        varied.add(leaf.getKey());
      }
    }
    return varied;
  }

  /** Each value of a variant's specification by its path; names left out. */
  private static Map<String, JsonNode> leaves(Variant variant) {
    JsonNode tree = SpecJson.write(new RunSpec(variant, 0)).path("variant");
    Map<String, JsonNode> leaves = new TreeMap<>();
    for (Map.Entry<String, JsonNode> section : tree.properties()) {
      if (section.getValue().isObject()) {
        add(section.getKey(), section.getValue(), leaves);
      }
    }
    return leaves;
  }

  private static void add(String path, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isObject()) {
      node.properties()
          .forEach(child -> add(path + "." + child.getKey(), child.getValue(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + i + "]", node.get(i), leaves);
      }
    } else {
      leaves.put(path, node);
    }
  }
}

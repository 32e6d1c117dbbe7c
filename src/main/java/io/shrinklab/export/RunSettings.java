package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of runs, every value spelled out, by their paths as in a grid. */
final class RunSettings {
  private RunSettings() {}

  /** A run's settings in the order of its sections; a list is one value. Without its name. */
  static Map<String, JsonNode> of(RunSpec run) {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> section : SpecJson.write(run).path("variant").properties()) {
      // The others are names.
      if (section.getValue().isObject()) {
        add(section.getKey(), section.getValue(), settings);
      }
    }
    return settings;
  }

  private static void add(String path, JsonNode value, Map<String, JsonNode> settings) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(child -> add(path + "." + child.getKey(), child.getValue(), settings));
    } else if (!value.isNull()) {
      settings.put(path, value);
    }
  }

  /** The values of each path at which some runs have another one than others, with repetitions. */
  static Map<String, List<JsonNode>> varied(List<RunSpec> runs) {
    Map<String, List<JsonNode>> values = new LinkedHashMap<>();
    for (RunSpec run : runs) {
      of(run)
          .forEach(
              (path, value) -> values.computeIfAbsent(path, at -> new ArrayList<>()).add(value));
    }
    values.values().removeIf(all -> all.stream().distinct().count() == 1);
    return values;
  }
}

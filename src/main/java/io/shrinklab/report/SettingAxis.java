package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.experiment.SpecValue;
import io.shrinklab.spec.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    List<Variant> settings =
        analysis.variants().stream()
            .map(VariantSummary::variant)
            .filter(variant -> variant.entry().equals(entry))
            .toList();
    List<SpecValue> varied = SpecValue.of(settings).stream().filter(SpecValue::varies).toList();
    if (varied.size() != 1
        || settings.size() < LEAST_VALUES
        || !varied.get(0).values().stream().allMatch(JsonNode::isNumber)) {
      return Optional.empty();
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < settings.size(); i++) {
      values.put(settings.get(i).setting(), varied.get(0).values().get(i).doubleValue());
    }
    return Optional.of(new SettingAxis(varied.get(0).path(), values));
  }

  /** Whether a logarithmic axis shows it better. */
  boolean spansDecades() {
    double low = values.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return low > 0 && high >= 10 * low;
  }
}

package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.shrinklab.analysis.Factor;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.experiment.SpecValue;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a sweep's variants have in common, and in what they differ.
 *
 * @param common by section of the file, {@code kind} first, as one line of text each
 * @param varied the values that differ, in the order of the file
 * @param places where a variant stands in those, by its name
 */
record Settings(Map<String, String> common, List<SpecValue> varied, Map<String, Integer> places) {
  private static final String PENALTY = "penalty.";
  private static final String KIND = "kind";

  /** What {@code family}, {@code p} and {@code strength} tell. */
  private static final Set<String> TOLD =
      Set.of(
          "penalty.kind",
          "penalty.p",
          "penalty.lambda",
          "penalty.strength",
          "penalty.scope",
          "penalty.method");

  static Settings of(SweepAnalysis analysis) {
    return of(analysis.variants().stream().map(VariantSummary::variant).toList());
  }

  static Settings of(List<Variant> variants) {
    Map<String, Integer> places = new HashMap<>();
    variants.forEach(variant -> places.put(variant.name(), places.size()));
    Map<String, String> common = new LinkedHashMap<>();
    List<SpecValue> varied = new ArrayList<>();
    for (SpecValue value : SpecValue.of(variants)) {
      if (value.varies()) {
        varied.add(value);
      } else {
        String section = value.path().substring(0, value.path().indexOf('.'));
        common.merge(section, part(value), (before, next) -> before + ", " + next);
      }
    }
    return new Settings(common, List.copyOf(varied), places);
  }

  /** A key and its value; a schedule's kind is its section's word, the outermost needs none. */
  private static String part(SpecValue value) {
    String[] keys = value.path().split("\\.", -1);
    String key = keys[keys.length - 1];
    if (key.equals(KIND)) {
      key = keys.length > 2 ? keys[keys.length - 2] : "";
    }
    return (key + " " + value.text(0)).strip();
  }

  /** Whether variants differ in anything but the penalty. */
  boolean beyondPenalty() {
    return chosen().anyMatch(value -> !value.path().startsWith(PENALTY));
  }

  /** A variant's value of every path that varies, as text; "" where it has none. */
  Map<String, String> of(String variant) {
    Map<String, String> own = new LinkedHashMap<>();
    varied.forEach(value -> own.put(value.path(), SpecValue.text(node(value, variant))));
    return own;
  }

  /**
   * Values that variants differ in by somebody's choice, in the order of the file: a key that other
   * kinds lack, with one value wherever it stands, comes with the kind.
   */
  Stream<SpecValue> chosen() {
    List<String> kinds =
        varied.stream()
            .filter(value -> value.path().endsWith("." + KIND) && value.choices().size() > 1)
            .map(value -> value.path().substring(0, value.path().length() - KIND.length()))
            .toList();
    return varied.stream()
        .filter(
            value ->
                value.choices().size() > 1 || kinds.stream().noneMatch(value.path()::startsWith));
  }

  /** The same, as what scores may depend on. */
  List<Factor> factors() {
    return chosen()
        .map(
            value -> {
              Map<String, String> texts = new HashMap<>();
              places.forEach((variant, place) -> texts.put(variant, value.text(place)));
              return new Factor(value.path(), List.of(), value.choices(), texts);
            })
        .toList();
  }

  private JsonNode node(SpecValue value, String variant) {
    Integer place = places.get(variant);
    return place == null ? MissingNode.getInstance() : value.values().get(place);
  }

  /** A column for each path that takes several values. */
  <T> List<CsvColumn<T>> columns(Function<T, String> variant) {
    return chosen()
        .map(value -> CsvColumn.<T>json(value.path(), row -> node(value, variant.apply(row))))
        .toList();
  }

  /** The same for tables that have {@code family}, {@code p} and {@code strength}. */
  <T> List<CsvColumn<T>> columnsBesideStrength(Function<T, String> variant) {
    return this.<T>columns(variant).stream()
        .filter(column -> !TOLD.contains(column.name()))
        .toList();
  }
}

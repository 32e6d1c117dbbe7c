package io.shrinklab.experiment;

import io.shrinklab.spec.Variant;
import java.util.List;

/**
 * A value in which two variants' resolved specifications differ.
 *
 * @param path of the value, as in a grid: {@code penalty.lambda}
 * @param left its JSON text, words without quotes; empty where the first has no such value
 * @param right the same of the second
 */
public record SpecDifference(String path, String left, String right) {

  /** In the order of the sections and their keys; names are no part of a treatment. */
  public static List<SpecDifference> between(Variant left, Variant right) {
    return SpecValue.of(List.of(left, right)).stream()
        .filter(SpecValue::varies)
        .map(value -> new SpecDifference(value.path(), value.text(0), value.text(1)))
        .toList();
  }
}

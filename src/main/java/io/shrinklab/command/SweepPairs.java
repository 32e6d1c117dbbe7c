package io.shrinklab.command;

import io.shrinklab.analysis.Matching;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variants of two sweeps by their names.
 *
 * @param pairs of one name, in the left sweep's order
 * @param onlyLeft names that the left sweep has alone
 * @param onlyRight names that the right sweep has alone
 */
record SweepPairs(List<Matching.Pair> pairs, List<String> onlyLeft, List<String> onlyRight) {

  static SweepPairs of(Experiment left, Experiment right) {
    Map<String, Variant> rest = new LinkedHashMap<>();
    right.variants().forEach(variant -> rest.put(variant.name(), variant));
    List<Matching.Pair> pairs = new ArrayList<>();
    List<String> onlyLeft = new ArrayList<>();
    for (Variant variant : left.variants()) {
      Variant same = rest.remove(variant.name());
      if (same == null) {
        onlyLeft.add(variant.name());
      } else {
        pairs.add(new Matching.Pair(variant.name(), variant, same));
      }
    }
    return new SweepPairs(pairs, onlyLeft, List.copyOf(rest.keySet()));
  }
}

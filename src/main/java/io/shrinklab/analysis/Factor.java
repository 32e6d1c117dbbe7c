package io.shrinklab.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A setting that variants differ in.
 *
 * @param setting its path in the experiment's file
 * @param along paths of other settings that change with it, so that nobody can tell which of them
 *     does what
 * @param values that variants have, each once, in the order to show them
 * @param byVariant each variant's, by its name; "" for one that has none
 */
public record Factor(
    String setting, List<String> along, List<String> values, Map<String, String> byVariant) {

  /** Copies. */
  public Factor {
    along = List.copyOf(along);
    values = List.copyOf(values);
    byVariant = Map.copyOf(byVariant);
  }

  /** A variant's value; "" where it has none. */
  public String of(String variant) {
    return byVariant.getOrDefault(variant, "");
  }

  /** Its values, before them "" where some variants have none. */
  public List<String> places() {
    return Stream.concat(
            byVariant.containsValue("") ? Stream.of("") : Stream.empty(), values.stream())
        .toList();
  }

  /**
   * Those that split the variants each in its own way: settings that always change together are
   * one, and so is what only says whether a variant has another of them.
   *
   * @param all with nothing along
   */
  public static List<Factor> distinct(List<Factor> all) {
    Map<List<Integer>, List<Factor>> alike = new LinkedHashMap<>();
    for (Factor factor : all) {
      alike.computeIfAbsent(factor.parts(), parts -> new ArrayList<>()).add(factor);
    }
    List<Factor> distinct = new ArrayList<>();
    for (List<Factor> group : alike.values()) {
      Factor first = group.get(0);
      List<Factor> others = all.stream().filter(other -> !group.contains(other)).toList();
      if (others.stream().anyMatch(other -> other.decides(first) && !other.changes(first))) {
        continue;
      }
      Set<String> along = new LinkedHashSet<>();
      group.stream().skip(1).forEach(other -> along.add(other.setting));
      others.stream()
          .filter(other -> first.decides(other) && first.changes(other))
          .forEach(other -> along.add(other.setting));
      distinct.add(new Factor(first.setting, List.copyOf(along), first.values, first.byVariant));
    }
    return distinct;
  }

  /** The variants' values, each as a number in the order of appearance. */
  private List<Integer> parts() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    return byVariant.keySet().stream()
        .sorted()
        .map(
            variant -> {
              numbers.putIfAbsent(of(variant), numbers.size());
              return numbers.get(of(variant));
            })
        .toList();
  }

  /** Whether a variant's value of this tells its value of the other. */
  boolean decides(Factor other) {
    Map<String, String> found = new LinkedHashMap<>();
    return byVariant.keySet().stream()
        .allMatch(
            variant -> {
              String value = other.of(variant);
              String before = found.putIfAbsent(of(variant), value);
              return before == null || before.equals(value);
            });
  }

  /** Whether the other takes several values among variants that have one of this. */
  private boolean changes(Factor other) {
    return byVariant.keySet().stream()
            .filter(variant -> !of(variant).isEmpty())
            .map(other::of)
            .distinct()
            .count()
        > 1;
  }
}

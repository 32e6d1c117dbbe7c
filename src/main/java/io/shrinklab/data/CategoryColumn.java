package io.shrinklab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A column of categories. That of cells whose value is missing has an empty name. */
final class CategoryColumn extends TableColumn {
  private static final String MISSING = "";

  private final Map<String, Integer> categories = new HashMap<>();
  private int[] values = new int[1024];
  private int rows;

  CategoryColumn(String name, int index, Role role, Cells cells, TableFaults faults) {
    super(name, index, role, cells, faults);
  }

  @Override
  void addValue(String cell, long row) {
    if (rows == values.length) {
      values = Arrays.copyOf(values, rows * 2);
    }
    values[rows++] = categories.computeIfAbsent(cell, unseen -> categories.size());
  }

  @Override
  void addMissing() {
    addValue(MISSING, 0);
  }

  @Override
  int width() {
    return categories.size();
  }

  @Override
  Scaling scaling() {
    return Scaling.INDICATOR;
  }

  @Override
  Stream<String> names() {
    return sorted().stream().map(category -> name() + "=" + category);
  }

  /** A column of 0 and 1 for each category. */
  @Override
  void write(double[] table, int at, int width) {
    int[] order = labels().values();
    for (int row = 0; row < rows; row++) {
      table[row * width + at + order[row]] = 1;
    }
  }

  /** By name, or by value where all are numbers; what is missing comes last. */
  private List<String> sorted() {
    List<String> names = new ArrayList<>(categories.keySet());
    boolean missing = names.remove(MISSING);
    Comparator<String> byName = Comparator.naturalOrder();
    names.sort(
        names.stream().allMatch(Cells::isDecimal)
            ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(byName)
            : byName);
    if (missing) {
      names.add(MISSING);
    }
    return names;
  }

  /** The category of each row, numbered in an order that does not depend on that of the rows. */
  @Override
  Classes labels() {
    List<String> names = sorted();
    int[] position = new int[names.size()];
    for (int i = 0; i < position.length; i++) {
      position[categories.getOrDefault(names.get(i), 0)] = i;
    }
    int[] of = new int[rows];
    for (int row = 0; row < rows; row++) {
      of[row] = position[values[row]];
    }
    return new Classes(of, names.size(), names);
  }
}

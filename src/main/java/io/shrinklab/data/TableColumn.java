package io.shrinklab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/** A column of a table while it is read: numbers, or categories. */
final class TableColumn {
  /** What decimal numbers are written with. */
  private static final String DECIMAL = "0123456789.eE+-";

  private final String name;
  private final boolean categorical;
  private final Map<String, Integer> categories = new HashMap<>();
  private float[] values = new float[1024];
  private int rows;

  TableColumn(String name, boolean categorical) {
    this.name = name;
    this.categorical = categorical;
  }

  String name() {
    return name;
  }

  int rows() {
    return rows;
  }

  /**
   * Takes the next row's cell.
   *
   * @param where the row, for messages
   */
  void add(CSVRecord row, String where) throws DataException {
    String cell = row.get(name);
    float value;
    if (cell.isEmpty()) {
      throw new DataException(
          where + ", column \"" + name + "\": found an empty cell; fill it or remove the row");
    } else if (categorical) {
      value = categories.computeIfAbsent(cell, unseen -> categories.size());
    } else {
      value = number(cell, where);
    }
    if (rows == values.length) {
      values = Arrays.copyOf(values, rows * 2);
    }
    values[rows++] = value;
  }

  private float number(String cell, String where) throws DataException {
    float value;
    try {
      value = Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      throw noNumber(cell, where);
    }
    if (!Float.isFinite(value)) {
      throw new DataException(
          where + ", column \"" + name + "\": found " + cell + "; a finite number is needed");
    }
    // 1f, 1d and 0x1p3 are numbers to Java alone.
    if (!cell.chars().allMatch(c -> DECIMAL.indexOf(c) >= 0)) {
      throw noNumber(cell, where);
    }
    return value;
  }

  private DataException noNumber(String cell, String where) {
    return new DataException(
        where
            + ", column \""
            + name
            + "\": found \""
            + cell
            + "\"; a number is needed, or the column's name in data.categorical");
  }

  /** How many columns it makes: one, or one per category. */
  int width() {
    return categorical ? categories.size() : 1;
  }

  /** Says how its columns are scaled: numbers are standardized, 0 and 1 stay what they are. */
  void addScaling(List<Scaling> scaling) {
    for (int i = 0; i < width(); i++) {
      scaling.add(categorical ? Scaling.NONE : Scaling.STANDARD);
    }
  }

  /** The names of its columns: its own, or {@code name=category} each. */
  Stream<String> names() {
    return categorical ? sorted().stream().map(category -> name + "=" + category) : Stream.of(name);
  }

  /** Writes its columns into a table. */
  void write(float[] table, int at, int width) {
    int[] order = categorical ? categories() : new int[0];
    for (int row = 0; row < rows; row++) {
      if (categorical) {
        table[row * width + at + order[row]] = 1;
      } else {
        table[row * width + at] = values[row];
      }
    }
  }

  /** The numbers, row by row. */
  float[] numbers() {
    return Arrays.copyOf(values, rows);
  }

  /** The categories by name, or by value where all are whole numbers. */
  private List<String> sorted() {
    List<String> names = new ArrayList<>(categories.keySet());
    boolean whole = names.stream().allMatch(text -> text.matches("-?\\d{1,9}"));
    Comparator<String> byName = Comparator.naturalOrder();
    names.sort(
        whole ? Comparator.<String>comparingInt(Integer::parseInt).thenComparing(byName) : byName);
    return names;
  }

  /**
   * The category of each row, numbered in the order of their names (of their values, where all are
   * whole numbers): independent of the order of rows.
   */
  int[] categories() {
    List<String> names = sorted();
    int[] position = new int[names.size()];
    for (int i = 0; i < position.length; i++) {
      position[categories.getOrDefault(names.get(i), 0)] = i;
    }
    int[] of = new int[rows];
    for (int row = 0; row < rows; row++) {
      of[row] = position[(int) values[row]];
    }
    return of;
  }
}

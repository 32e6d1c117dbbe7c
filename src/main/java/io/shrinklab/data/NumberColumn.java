package io.shrinklab.data;

import io.shrinklab.spec.Visible;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A column of numbers; those that are missing are NaN. */
final class NumberColumn extends TableColumn {
  private static final Set<String> NOT_FINITE = Set.of("nan", "inf", "infinity");

  private double[] values = new double[1024];
  private int rows;

  NumberColumn(String name, int index, Role role, Cells cells, TableFaults faults) {
    super(name, index, role, cells, faults);
  }

  @Override
  void addValue(String cell, long row) {
    double value = cells().number(cell);
    if (Double.isInfinite(value) || NOT_FINITE.contains(unsigned(cell))) {
      refuse(row, Visible.word(cell), "a finite number is needed");
    } else if (Double.isNaN(value)) {
      String needed =
          role() == Role.TARGET
              ? "a number is needed, since \"task\" is \"regression\"; for classes write"
                  + " \"classification\""
              : "a number is needed, or the column's name in data.categorical";
      refuse(row, Visible.quoted(cell), needed + cells().hint(cell));
    }
    put(value);
  }

  private static String unsigned(String cell) {
    String text = cell.toLowerCase(Locale.ROOT);
    return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
  }

  @Override
  void addMissing() {
    put(Double.NaN);
  }

  private void put(double value) {
    if (rows == values.length) {
      values = Arrays.copyOf(values, rows * 2);
    }
    values[rows++] = value;
  }

  @Override
  int width() {
    return 1;
  }

  @Override
  Scaling scaling() {
    return Scaling.STANDARD;
  }

  @Override
  Stream<String> names() {
    return Stream.of(name());
  }

  @Override
  void write(double[] table, int at, int width) {
    for (int row = 0; row < rows; row++) {
      table[row * width + at] = values[row];
    }
  }

  @Override
  Targets labels() {
    return new Targets(Arrays.copyOf(values, rows), scaling());
  }
}

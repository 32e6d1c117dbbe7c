package io.shrinklab.data;

import io.shrinklab.spec.Visible;
import java.util.stream.Stream;

/** A column of a table while it is read: numbers, or categories. */
abstract sealed class TableColumn permits NumberColumn, CategoryColumn {
  /** What a column is for. */
  enum Role {
    /** Predicted from. */
    FEATURE,
    /** Predicted. */
    TARGET,
    /** Keeps rows together. */
    GROUP
  }

  private final String name;
  private final int index;
  private final Role role;
  private final Cells cells;
  private final TableFaults faults;
  private final TableFaults.Fault missing;

  TableColumn(String name, int index, Role role, Cells cells, TableFaults faults) {
    this.name = name;
    this.index = index;
    this.role = role;
    this.cells = cells;
    this.faults = faults;
    missing =
        new TableFaults.Fault(
            name,
            "fill it or remove the row, or write \"missing\": \"drop-rows\""
                + (role == Role.FEATURE ? " or \"impute\" into data" : " into data"));
  }

  final String name() {
    return name;
  }

  /** Where it stands in a row. */
  final int index() {
    return index;
  }

  final Role role() {
    return role;
  }

  final Cells cells() {
    return cells;
  }

  /** Notes a cell that cannot be used. */
  final void refuse(long row, String found, String remedy) {
    faults.add(new TableFaults.Fault(name, remedy), row, found);
  }

  /**
   * Takes the next row's cell.
   *
   * @param row counted from 1 below the header, for messages
   */
  final void add(String cell, long row) {
    if (!cells.isMissing(cell)) {
      addValue(cell, row);
    } else {
      if (!cells.imputes() || role != Role.FEATURE) {
        faults.add(missing, row, cell.isEmpty() ? "an empty cell" : Visible.quoted(cell));
      }
      addMissing();
    }
  }

  abstract void addValue(String cell, long row);

  abstract void addMissing();

  /** How many columns it makes. */
  abstract int width();

  /** How each of its columns is scaled. */
  abstract Scaling scaling();

  /** The names of its columns. */
  abstract Stream<String> names();

  /** What it says of each row, where it is what is predicted. */
  abstract Labels labels();

  /** Writes its columns into a table. */
  abstract void write(double[] table, int at, int width);
}

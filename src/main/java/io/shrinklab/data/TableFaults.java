package io.shrinklab.data;

import io.shrinklab.spec.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong in the rows of a table: all of it, of each fault the first one and how often. */
final class TableFaults {
  private static final int SHOWN_ROWS = 5;
  private static final int SHOWN_FAULTS = 20;

  private final Map<Fault, Found> faults = new LinkedHashMap<>();
  private long count;

  /**
   * A fault, wherever it is.
   *
   * @param column its name; empty for a whole row
   * @param remedy what is needed instead, and what to do
   */
  record Fault(String column, String remedy) {}

  private static final class Found {
    final String first;
    final List<Long> rows = new ArrayList<>();
    long count;

    Found(String first) {
      this.first = first;
    }
  }

  /**
   * Adds a cell or a row.
   *
   * @param row counted from 1 below the header
   * @param found as it is to be shown
   */
  void add(Fault fault, long row, String found) {
    count++;
    Found known = faults.computeIfAbsent(fault, unseen -> new Found(found));
    known.count++;
    if (known.rows.size() < SHOWN_ROWS) {
      known.rows.add(row);
    }
  }

  /** Ends the reading where there was a fault. */
  void check(Path file) throws DataException {
    if (faults.isEmpty()) {
      return;
    }
    List<String> found = faults.entrySet().stream().limit(SHOWN_FAULTS).map(this::line).toList();
    if (faults.size() == 1) {
      throw new DataException(file + ", " + found.get(0));
    }
    List<String> lines = new ArrayList<>();
    lines.add("data.file: " + file + ": " + count + " cells or rows cannot be used");
    found.forEach(line -> lines.add("  " + line));
    if (faults.size() > SHOWN_FAULTS) {
      lines.add("  and " + (faults.size() - SHOWN_FAULTS) + " columns more");
    }
    throw new DataException(lines);
  }

  private String line(Map.Entry<Fault, Found> entry) {
    Fault fault = entry.getKey();
    Found found = entry.getValue();
    long times = found.count;
    String column = fault.column();
    String line =
        "row "
            + found.rows.get(0)
            + " below the header"
            + (column.isEmpty() ? "" : ", column " + Visible.quoted(column))
            + ": found "
            + found.first
            + "; "
            + fault.remedy();
    if (times == 1) {
      return line;
    }
    return line
        + "; "
        + times
        + (column.isEmpty() ? " such rows: " : " such cells in the column: rows ")
        + found.rows.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (times > SHOWN_ROWS ? ", ..." : "");
  }
}

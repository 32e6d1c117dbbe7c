package io.shrinklab.command;

import io.shrinklab.spec.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows with aligned columns, for people. */
final class TextTable {
  private final List<String> header;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param header titles; one that begins with {@code >} is of a column aligned to the right
   */
  TextTable(String... header) {
    this.header = List.of(header).stream().map(title -> title.replaceFirst("^>", "")).toList();
    this.right = List.of(header).stream().map(title -> title.startsWith(">")).toList();
  }

  /** Adds a row with a cell per column. */
  void row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
    }
    rows.add(Stream.of(cells).map(Visible::line).toList());
  }

  void print(PrintWriter out) {
    int[] widths = new int[header.size()];
    widen(widths, header);
    rows.forEach(row -> widen(widths, row));
    print(out, widths, header);
    rows.forEach(row -> print(out, widths, row));
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private void print(PrintWriter out, int[] widths, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(right.get(i) ? space + cells.get(i) : cells.get(i) + space);
    }
    out.println(line.toString().stripTrailing());
  }
}

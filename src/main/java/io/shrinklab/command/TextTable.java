package io.shrinklab.command;

import io.shrinklab.spec.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi.IStyle;

/** Rows with aligned columns, for people. */
final class TextTable {
  private final List<String> header;
  private final List<Boolean> right;
  private final List<Row> rows = new ArrayList<>();

  /**
   * Cells.
   *
   * @param styles by column, of those that have one
   */
  private record Row(List<String> cells, Map<Integer, IStyle> styles) {}

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
    row(Map.of(), cells);
  }

  /**
   * The same in colours, which a terminal may have.
   *
   * @param styles by column, of those that have one
   */
  void row(Map<Integer, IStyle> styles, String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
    }
    rows.add(new Row(Stream.of(cells).map(Visible::line).toList(), styles));
  }

  void print(PrintWriter out) {
    int[] widths = new int[header.size()];
    widen(widths, header);
    rows.forEach(row -> widen(widths, row.cells()));
    print(out, widths, new Row(header, Map.of()));
    rows.forEach(row -> print(out, widths, row));
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private void print(PrintWriter out, int[] widths, Row row) {
    int last = widths.length - 1;
    while (last > 0 && row.cells().get(last).isEmpty()) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      String cell = row.cells().get(i);
      String space = " ".repeat(widths[i] - cell.length());
      out.print(i == 0 ? "" : "  ");
      out.print(right.get(i) ? space : "");
      IStyle style = row.styles().get(i);
      if (style != null && out instanceof TerminalWriter terminal) {
        terminal.print(cell, style);
      } else {
        out.print(cell);
      }
      out.print(right.get(i) || i == last ? "" : space);
    }
    out.println();
  }
}

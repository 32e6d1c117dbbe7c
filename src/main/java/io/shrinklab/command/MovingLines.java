package io.shrinklab.command;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The lines at the foot of a terminal that are drawn again and again. Everything else that is
 * written must find them erased. Not safe for threads.
 */
final class MovingLines {
  private static final String CLEAR_BELOW = "\r\033[J";

  private final PrintStream out;
  private final IntSupplier columns;
  private List<String> shown = List.of();

  /**
   * @param columns the terminal's width in characters, now: windows change
   */
  MovingLines(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Takes the cursor back to where they begin, and clears them. */
  void erase() {
    int width = width();
    // A window that became narrower has wrapped what was drawn before.
    int rows =
        shown.stream().mapToInt(line -> Math.max(1, (line.length() + width - 1) / width)).sum();
    if (rows > 0) {
      out.print("\033[" + rows + "A");
    }
    out.print(CLEAR_BELOW);
    shown = List.of();
  }

  /** Draws them, each cut to one row: one that wrapped would take more rows than are erased. */
  void draw(List<String> lines) {
    int width = width();
    shown =
        lines.stream()
            .map(line -> line.length() <= width ? line : line.substring(0, width - 1) + "…")
            .toList();
    shown.forEach(out::println);
    out.flush();
  }

  private int width() {
    return Math.max(1, columns.getAsInt());
  }
}

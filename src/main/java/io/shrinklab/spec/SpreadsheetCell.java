package io.shrinklab.spec;

import java.util.regex.Pattern;

/**
 * Text as a cell of a CSV file that people open in spreadsheets, which run a cell that begins like
 * a formula. Such a text gets an apostrophe in front, and so does one that looks as if it had got
 * one, so that each can be read back. Numbers stay numbers.
 */
public final class SpreadsheetCell {
  /** The last four are what East Asian keyboards give. */
  private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|-Infinity");

  private SpreadsheetCell() {}

  /** A cell that nothing runs. */
  public static String of(String text) {
    return isFormula(text) && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  /** The text of a cell that {@link #of} made; any other cell is its own text. */
  public static String text(String cell) {
    return cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
  }

  private static boolean isFormula(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == '\'') {
      at++;
    }
    return at < text.length() && STARTS.indexOf(text.charAt(at)) >= 0;
  }
}

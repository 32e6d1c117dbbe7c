package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** How a table is written: what parts its cells, and what its cells say. */
final class Cells {
  /** What decimal numbers are written with; 1f, 1d and 0x1p3 are numbers to Java alone. */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private static final String AROUND = " \t\r\n";

  private final DataSpec.Csv spec;
  private final Set<String> missing;

  Cells(DataSpec.Csv spec) {
    this.spec = spec;
    missing =
        spec.missing() == DataSpec.Missing.REFUSE ? Set.of() : Set.copyOf(spec.missingValues());
  }

  /** What the parser needs to know. */
  CSVFormat format() {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(spec.separator())
        .setQuote(spec.quote().isEmpty() ? null : spec.quote().charAt(0))
        .setIgnoreEmptyLines(true)
        .get();
  }

  /**
   * A cell's text without spaces, tabs and line ends around it. The library's own trim takes every
   * control character for a space, and would make one category of two.
   */
  static String text(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && AROUND.indexOf(cell.charAt(start)) >= 0) {
      start++;
    }
    while (start < end && AROUND.indexOf(cell.charAt(end - 1)) >= 0) {
      end--;
    }
    return cell.substring(start, end);
  }

  /** The texts of a row's cells. */
  static List<String> texts(CSVRecord row) {
    return row.stream().map(Cells::text).toList();
  }

  /** Whether a cell says that its value is missing. */
  boolean isMissing(String cell) {
    return cell.isEmpty() || missing.contains(cell);
  }

  /** Whether a missing value gets one. */
  boolean imputes() {
    return spec.missing() == DataSpec.Missing.IMPUTE;
  }

  /** Whether rows with a missing value are left out. */
  boolean dropsRows() {
    return spec.missing() == DataSpec.Missing.DROP_ROWS;
  }

  /** A cell's number; NaN where it is none, infinite where it is beyond double's range. */
  double number(String cell) {
    if (spec.decimal().equals(",")) {
      return cell.indexOf('.') < 0 ? decimal(cell.replace(',', '.')) : Double.NaN;
    }
    return decimal(cell);
  }

  /** Whether a text is a decimal number. */
  static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches();
  }

  /** The zeros of both signs are one number. */
  private static double decimal(String text) {
    return isDecimal(text) ? Double.parseDouble(text) + 0.0 : Double.NaN;
  }

  /** What might be meant by a cell that is no number, to be appended; empty for nothing. */
  String hint(String cell) {
    if (spec.missing() == DataSpec.Missing.REFUSE && spec.missingValues().contains(cell)) {
      return "; where it says that a value is missing, write \"missing\": \"drop-rows\" or \"impute\""
          + " into data";
    }
    if (spec.decimal().equals(".") && isDecimal(cell.replace(',', '.'))) {
      return "; where a comma stands before decimals, write \"decimal\": \",\" into data";
    }
    if (spec.decimal().equals(",") && isDecimal(cell)) {
      return "; data.decimal is a comma, so a point is none";
    }
    return "";
  }
}

package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A column of a CSV file.
 *
 * @param name in the header; documented in docs/columns.md
 * @param cell what a row has there; "" where nothing is known
 */
record CsvColumn<T>(String name, Function<T, String> cell) {

  /** A word of our own: a name, a state. */
  static <T> CsvColumn<T> word(String name, Function<T, String> word) {
    return new CsvColumn<>(name, word);
  }

  /** A whole number. */
  static <T> CsvColumn<T> whole(String name, Function<T, ? extends Number> number) {
    return new CsvColumn<>(name, row -> number.apply(row).toString());
  }

  /**
   * A number, in decimals that read back to the same bits, {@code .} whatever the locale; NaN is an
   * empty cell.
   */
  static <T> CsvColumn<T> number(String name, ToDoubleFunction<T> number) {
    return new CsvColumn<>(
        name,
        row -> {
          double value = number.applyAsDouble(row);
          return Double.isNaN(value) ? "" : Double.toString(value);
        });
  }

  /** A sentence that came from elsewhere, an exception's message, say. Kept on one line. */
  static <T> CsvColumn<T> text(String name, Function<T, String> text) {
    return new CsvColumn<>(name, row -> line(text.apply(row)));
  }

  /** A value of a specification: a number as above, a word as a text, a list as JSON. */
  static <T> CsvColumn<T> json(String name, Function<T, JsonNode> value) {
    return new CsvColumn<>(
        name,
        row -> {
          JsonNode node = value.apply(row);
          return node.isTextual()
              ? line(node.textValue())
              : node.isMissingNode() ? "" : node.toString();
        });
  }

  private static String line(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}

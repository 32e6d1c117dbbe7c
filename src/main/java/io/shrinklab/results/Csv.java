package io.shrinklab.results;

import io.shrinklab.spec.SpreadsheetCell;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** CSV as this program writes it: UTF-8, comma, one line feed per row, header once. */
public final class Csv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  private Csv() {}

  /**
   * A number as a cell: the decimals that read back to the same bits, {@code .} whatever the
   * locale; {@code NaN} and {@code Infinity} by name.
   */
  public static String number(double value) {
    // Unlike String.format, Double.toString knows no locale.
    return Double.toString(value);
  }

  /**
   * A table as a file's content.
   *
   * @param columns the header
   * @param rows any source; walked once per writing, and not kept
   * @param cells a row's cells, as many as there are columns
   */
  public static <T> Content content(
      List<String> columns, Iterable<T> rows, Function<T, List<String>> cells) {
    return out -> {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      CSVPrinter printer = new CSVPrinter(writer, FORMAT);
      printer.printRecord(columns);
      for (T row : rows) {
        for (String cell : cells.apply(row)) {
          printer.print(SpreadsheetCell.of(cell));
        }
        printer.println();
      }
      // Flushed and not closed: the stream belongs to the caller.
      writer.flush();
    };
  }

  /** A text of a table that this program wrote. */
  static String text(CSVRecord row, int column) {
    return SpreadsheetCell.text(row.get(column));
  }

  static double number(CSVRecord row, int column) {
    return Double.parseDouble(row.get(column));
  }

  /**
   * Reads a table that this program wrote; anything else is damage.
   *
   * @param file what holds it, for messages
   * @param bytes all of it
   */
  static <T> List<T> read(
      RunFile file, byte[] bytes, List<String> columns, Function<CSVRecord, T> parse)
      throws IOException, DamagedException {
    return read(file, bytes, columns, columns.size(), parse);
  }

  /**
   * The same for a table that has grown.
   *
   * @param oldest how many of the columns the oldest such tables have
   */
  static <T> List<T> read(
      RunFile file, byte[] bytes, List<String> columns, int oldest, Function<CSVRecord, T> parse)
      throws IOException, DamagedException {
    List<T> rows = new ArrayList<>();
    // A new decoder reports what is malformed.
    try (Reader reader =
            new InputStreamReader(
                new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
        CSVParser parser = FORMAT.parse(reader)) {
      int width = columns.size();
      for (CSVRecord cells : parser) {
        if (cells.getRecordNumber() == 1 && cells.size() >= oldest) {
          width = Math.min(width, cells.size());
        }
        if (cells.size() != width) {
          throw new DamagedException(
              file.fileName()
                  + " line "
                  + cells.getRecordNumber()
                  + " has "
                  + cells.size()
                  + " cells instead of "
                  + width);
        }
        if (cells.getRecordNumber() > 1) {
          rows.add(parse.apply(cells));
        } else if (!cells.toList().equals(columns.subList(0, width))) {
          throw new DamagedException(
              file.fileName() + " has the header " + String.join(",", cells.toList()));
        }
      }
    } catch (NumberFormatException | UncheckedIOException e) {
      throw new DamagedException(file.fileName() + " cannot be parsed: " + e.getMessage());
    }
    return rows;
  }
}

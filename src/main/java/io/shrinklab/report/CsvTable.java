package io.shrinklab.report;

import io.shrinklab.spec.SpreadsheetCell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A CSV file: UTF-8, comma, one line feed per row, header once. */
record CsvTable<T>(List<CsvColumn<T>> columns) {
  /** Rows, or runs with all their rows, that are made side by side before they are written. */
  private static final int PORTION = 64;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").get();

  CsvTable {
    columns = List.copyOf(columns);
  }

  List<String> header() {
    return columns.stream().map(CsvColumn::name).toList();
  }

  /** The same with more columns at the end. */
  CsvTable<T> with(List<CsvColumn<T>> more) {
    return new CsvTable<>(Stream.concat(columns.stream(), more.stream()).toList());
  }

  /** A row's cells. */
  List<String> cells(T row) {
    return columns.stream().map(column -> SpreadsheetCell.of(column.cell().apply(row))).toList();
  }

  /** Cells as a line, which is not ended. */
  static String line(List<String> cells) {
    return FORMAT.format(cells.toArray());
  }

  /** The same behind other cells of their line. */
  static String further(List<String> cells) {
    StringBuilder line = new StringBuilder();
    try {
      for (String cell : cells) {
        FORMAT.print(cell, line, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  /** Writes row by row, keeping few, and leaves the stream open. */
  void write(Stream<T> rows, OutputStream out) throws IOException {
    out.write((line(header()) + "\n").getBytes(StandardCharsets.UTF_8));
    beside(rows.iterator(), row -> line(cells(row)) + "\n", out);
  }

  /** Writes what is made of each item, in their order; some are made on each core. */
  static <R> void beside(Iterator<R> items, Function<R, String> lines, OutputStream out)
      throws IOException {
    while (items.hasNext()) {
      List<R> portion = new ArrayList<>();
      while (items.hasNext() && portion.size() < PORTION) {
        portion.add(items.next());
      }
      for (byte[] made :
          portion.parallelStream()
              .map(lines)
              .map(text -> text.getBytes(StandardCharsets.UTF_8))
              .toList()) {
        out.write(made);
      }
    }
  }

  /** Writes the header, for rows that come one by one. */
  Rows<T> begin(Appendable out) throws IOException {
    CSVPrinter printer = new CSVPrinter(out, FORMAT);
    printer.printRecord(header());
    return row -> {
      printer.printRecord(cells(row));
    };
  }

  /** A table in the making. */
  interface Rows<T> {
    void add(T row) throws IOException;
  }
}

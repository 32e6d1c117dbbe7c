package io.shrinklab.report;

import io.shrinklab.spec.SpreadsheetCell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A CSV file: UTF-8, comma, one line feed per row, header once. */
record CsvTable<T>(List<CsvColumn<T>> columns) {
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

  /** Writes row by row, keeping none, and leaves the stream open. */
  void write(Stream<T> rows, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Rows<T> table = begin(writer);
    for (Iterator<T> each = rows.iterator(); each.hasNext(); ) {
      table.add(each.next());
    }
    writer.flush();
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

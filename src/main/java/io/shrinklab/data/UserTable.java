package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of the user's, read whole.
 *
 * @param spec which columns mean what
 * @param file where it is
 */
record UserTable(DataSpec.Csv spec, UserFile file) {
  /** Up to so many classes a target of numbers is taken for what it is said to be. */
  private static final int CLASSES = 20;

  /** Rows that a class of numbers has on the average, where there are more of them. */
  private static final int ROWS_PER_CLASS = 5;

  /** Reads the table; numeric columns and a numeric target are standardized by each run. */
  Source read() throws DataException {
    Cells cells = new Cells(spec);
    try (Reader reader =
            new TextReader(Files.newBufferedReader(file.path(), StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(cells.format()).get()) {
      Iterator<CSVRecord> lines = parser.iterator();
      List<String> names = lines.hasNext() ? Cells.texts(lines.next()) : List.of();
      TableHeader header = new TableHeader(names, spec, file.path());
      header.check();
      return read(lines, header, cells);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private DataException unreadable(Exception e) {
    // The parser wraps what it meets below the header.
    Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
    String what =
        cause instanceof CharacterCodingException
            ? isUtf16() ? " is UTF-16; save it as UTF-8" : " is not UTF-8; save it as such"
            : " cannot be read as CSV (" + cause.getMessage() + ")";
    return new DataException("data.file: " + file.path() + what, e);
  }

  private boolean isUtf16() {
    try (InputStream in = Files.newInputStream(file.path())) {
      int mark = in.read() << 8 | in.read();
      return mark == 0xFEFF || mark == 0xFFFE;
    } catch (IOException e) {
      return false;
    }
  }

  private Source read(Iterator<CSVRecord> lines, TableHeader header, Cells cells)
      throws DataException {
    TableFaults faults = new TableFaults();
    List<TableColumn> features = header.features(cells, faults);
    TableColumn target = header.target(cells, faults);
    CategoryColumn group = header.group(cells, faults);
    List<TableColumn> all = new ArrayList<>(features);
    all.add(target);
    if (group != null) {
      all.add(group);
    }
    TableFaults.Fault width = new TableFaults.Fault("", "the header has " + header.width());
    IntStream.Builder used = IntStream.builder();
    int row = 0;
    int dropped = 0;
    while (lines.hasNext()) {
      List<String> line = Cells.texts(lines.next());
      row++;
      if ((long) row * all.size() > Features.MOST_VALUES) {
        throw new DataException(
            "data.file: "
                + file.path()
                + " has more than 500 million values; take fewer columns or rows");
      }
      if (line.size() != header.width()) {
        faults.add(width, row, line.size() + " cells");
      } else if (cells.dropsRows()
          && all.stream().anyMatch(column -> cells.isMissing(line.get(column.index())))) {
        dropped++;
      } else {
        for (TableColumn column : all) {
          column.add(line.get(column.index()), row);
        }
        used.add(row);
      }
    }
    faults.check(file.path());
    if (row == dropped) {
      throw new DataException(
          "data.file: "
              + file.path()
              + (row == 0
                  ? " has no rows under its header"
                  : ": each of its "
                      + row
                      + " rows lacks a value; leave columns out, or write"
                      + " \"missing\": \"impute\" into data"));
    }
    Classes groups = group == null ? null : group.labels();
    return source(features, target, new TableRows(used.build().toArray(), dropped, groups));
  }

  private Source source(List<TableColumn> features, TableColumn target, TableRows rows)
      throws DataException {
    List<Scaling> scaling = new ArrayList<>();
    for (TableColumn column : features) {
      for (int i = 0; i < column.width(); i++) {
        scaling.add(column.scaling());
      }
    }
    int count = rows.numbers().length;
    int width = scaling.size();
    if ((long) count * width > Features.MOST_VALUES) {
      throw new DataException(
          "data.categorical: the categories make "
              + width
              + " columns, with "
              + count
              + " rows too many values; leave columns with many categories out");
    }
    double[] values = new double[count * width];
    int at = 0;
    for (TableColumn column : features) {
      column.write(values, at, width);
      at += column.width();
    }
    Labels labels = target.labels();
    if (labels instanceof Classes classes) {
      checkClasses(classes);
    }
    if (rows.groups() != null && rows.groups().outputs() < 2) {
      throw new DataException(
          "data.group: column "
              + Visible.quoted(spec.group())
              + " of "
              + file.path()
              + " holds one value only, so all rows would be in one part; name another column");
    }
    return new Source(
        new Columns(values, scaling, features.stream().flatMap(TableColumn::names).toList()),
        labels,
        count,
        0,
        file.sha256(),
        List.of(),
        rows);
  }

  private void checkClasses(Classes classes) throws DataException {
    String column = "data.target: column " + Visible.quoted(spec.target()) + " of " + file.path();
    int outputs = classes.outputs();
    if (outputs < 2) {
      throw new DataException(column + " holds one class only; at least two are needed");
    }
    if (classes.areNumbers()
        && outputs > CLASSES
        && (long) outputs * ROWS_PER_CLASS > classes.rows()) {
      throw new DataException(
          column
              + " holds "
              + outputs
              + " different numbers in "
              + classes.rows()
              + " rows, too many for classes; to predict a number write \"task\": \"regression\" into"
              + " data");
    }
  }
}

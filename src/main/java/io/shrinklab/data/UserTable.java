package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of the user's, read whole.
 *
 * @param spec which columns mean what
 * @param file where it is
 */
record UserTable(DataSpec.Csv spec, UserFile file) {
  /** Values that a Java array can hold, with room to spare. */
  private static final long MAX_VALUES = 500_000_000;

  /** Reads the table; numeric columns and a numeric target are standardized by each run. */
  Source read() throws DataException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    try (Reader reader =
            new TextReader(Files.newBufferedReader(file.path(), StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      List<String> header = parser.getHeaderNames();
      List<TableColumn> columns = columns(header);
      TableColumn target = target(header);
      long rows = 0;
      for (CSVRecord row : parser) {
        rows++;
        if (!row.isConsistent()) {
          throw new DataException(
              at(rows) + ": found " + row.size() + " cells; the header has " + header.size());
        }
        if (rows * (columns.size() + 1) > MAX_VALUES) {
          throw new DataException(
              "data.file: "
                  + file.path()
                  + " has more than 500 million values; take fewer columns or rows");
        }
        for (TableColumn column : columns) {
          column.add(row, at(rows));
        }
        target.add(row, at(rows));
      }
      if (rows == 0) {
        throw new DataException("data.file: " + file.path() + " has no rows under its header");
      }
      return source(columns, target);
    } catch (CharacterCodingException e) {
      throw new DataException("data.file: " + file.path() + " is not UTF-8; save it as such", e);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      // The parser reports a repeated or empty column name as an illegal argument.
      throw new DataException(
          "data.file: " + file.path() + " cannot be read as CSV (" + e.getMessage() + ")", e);
    }
  }

  private String at(long row) {
    return file.path() + ", row " + row + " below the header";
  }

  private List<TableColumn> columns(List<String> header) throws DataException {
    List<String> wanted =
        spec.columns().isEmpty()
            ? header.stream().filter(name -> !name.equals(spec.target())).toList()
            : spec.columns();
    List<TableColumn> columns = new ArrayList<>();
    for (String name : wanted) {
      require(name, "data.columns", header);
      columns.add(new TableColumn(name, spec.categorical().contains(name)));
    }
    for (String name : spec.categorical()) {
      require(name, "data.categorical", header);
    }
    if (columns.isEmpty()) {
      throw new DataException(
          "data.columns: " + file.path() + " has no column but the target to predict from");
    }
    return columns;
  }

  private TableColumn target(List<String> header) throws DataException {
    require(spec.target(), "data.target", header);
    return new TableColumn(spec.target(), spec.task() == DataSpec.Target.CLASSIFICATION);
  }

  private void require(String name, String key, List<String> header) throws DataException {
    if (!header.contains(name)) {
      throw new DataException(
          key
              + ": found \""
              + name
              + "\"; the columns of "
              + file.path()
              + " are "
              + String.join(", ", header));
    }
  }

  private Source source(List<TableColumn> columns, TableColumn target) throws DataException {
    List<Scaling> scaling = new ArrayList<>();
    for (TableColumn column : columns) {
      column.addScaling(scaling);
    }
    int rows = target.rows();
    int width = scaling.size();
    if ((long) rows * width > MAX_VALUES) {
      throw new DataException(
          "data.categorical: the categories make "
              + width
              + " columns, with "
              + rows
              + " rows too many values; leave columns with many categories out");
    }
    float[] values = new float[rows * width];
    int at = 0;
    for (TableColumn column : columns) {
      column.write(values, at, width);
      at += column.width();
    }
    Labels labels =
        spec.task() == DataSpec.Target.REGRESSION
            ? new Targets(target.numbers(), Scaling.STANDARD)
            : classes(target);
    return new Source(
        new Columns(values, scaling, columns.stream().flatMap(TableColumn::names).toList()),
        labels,
        rows,
        0,
        file.sha256());
  }

  private Classes classes(TableColumn target) throws DataException {
    if (target.width() < 2) {
      throw new DataException(
          "data.target: column \""
              + target.name()
              + "\" of "
              + file.path()
              + " holds one class only; at least two are needed");
    }
    return new Classes(target.categories(), target.width());
  }
}

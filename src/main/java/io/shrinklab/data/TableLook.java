package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What a table seems to hold, for whoever writes an experiment for it: told from its cells, row by
 * row, and by no one's word. The reading of a run is stricter, and has the last word.
 *
 * @param columns in the table's order
 * @param rows that were looked at, without the header; at most {@link #MOST}
 */
public record TableLook(List<Column> columns, int rows) {
  /** Rows that are looked at. */
  public static final int MOST = 100_000;

  /** Different values that are remembered of a column; with more, it is no list of categories. */
  private static final int DISTINCT = 50;

  /** Copies the list. */
  public TableLook {
    columns = List.copyOf(columns);
  }

  /** What a column holds. */
  public enum Kind {
    NUMBERS,
    CATEGORIES,
    /** Text that differs in most rows. */
    TEXT,
    /** Whole numbers that count the rows: a name, and nothing to predict from. */
    COUNTER,
    /** One value in all rows. */
    CONSTANT
  }

  /**
   * A column.
   *
   * @param distinct different values; {@link Integer#MAX_VALUE} where there are more than 50
   * @param whole whether all numbers are whole
   * @param missing whether some cells say that a value is missing
   */
  public record Column(String name, Kind kind, int distinct, boolean whole, boolean missing) {}

  /** What is found of a column while rows go by. */
  private static final class Look {
    private final String name;
    private final Set<String> values = new HashSet<>();
    private boolean numbers = true;
    private boolean whole = true;
    private boolean counts = true;
    private boolean missing;
    private boolean many;
    private double last = Double.NaN;

    Look(String name) {
      this.name = name;
    }

    void add(String cell, Cells cells) {
      if (cells.isMissing(cell)) {
        missing = true;
        counts = false;
        return;
      }
      double number = cells.number(cell);
      numbers &= Double.isFinite(number);
      whole &= number == Math.rint(number);
      counts &= Double.isNaN(last) || number == last + 1;
      last = number;
      if (!many) {
        values.add(cell);
        many = values.size() > DISTINCT;
      }
    }

    Column column(int rows) {
      Kind kind;
      if (values.size() < 2) {
        kind = Kind.CONSTANT;
      } else if (numbers) {
        // Three rows may count by chance.
        kind = whole && counts && rows > DISTINCT ? Kind.COUNTER : Kind.NUMBERS;
      } else {
        kind = many || values.size() > rows / 2 ? Kind.TEXT : Kind.CATEGORIES;
      }
      return new Column(name, kind, many ? Integer.MAX_VALUE : values.size(), whole, missing);
    }
  }

  /**
   * Looks at a table.
   *
   * @param spec how its cells are written; which columns mean what does not matter
   * @throws DataException when it cannot be read as a table that is written so
   */
  public static TableLook of(DataSpec.Csv spec, Path file) throws DataException {
    Cells cells = new Cells(spec);
    try (Reader reader = new TextReader(Files.newBufferedReader(file, StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(cells.format()).get()) {
      Iterator<CSVRecord> lines = parser.iterator();
      List<Look> looks = new ArrayList<>();
      if (lines.hasNext()) {
        lines.next().forEach(name -> looks.add(new Look(name)));
      }
      int rows = 0;
      while (lines.hasNext() && rows < MOST) {
        CSVRecord line = lines.next();
        for (int i = 0; i < Math.min(looks.size(), line.size()); i++) {
          looks.get(i).add(line.get(i), cells);
        }
        rows++;
      }
      int seen = rows;
      return new TableLook(looks.stream().map(look -> look.column(seen)).toList(), rows);
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          "--csv: " + file + " cannot be read as a table (" + e.getMessage() + "); is it UTF-8?",
          e);
    }
  }
}

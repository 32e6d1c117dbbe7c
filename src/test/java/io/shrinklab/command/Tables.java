package io.shrinklab.command;

import io.shrinklab.outcome.TimeColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The final tables of a sweep, as they must be however it was interrupted. */
final class Tables {
  static final List<String> NAMES = List.of("metrics.csv", "runs.csv", "summary.csv");

  private Tables() {}

  /** Each file's text, byte for byte, but with {@code -} in the cells of columns of times. */
  static Map<String, String> read(Path sweep) throws IOException {
    Map<String, String> tables = new LinkedHashMap<>();
    for (String name : NAMES) {
      tables.put(name, withoutTimes(Files.readString(sweep.resolve(name))));
    }
    return tables;
  }

  /** A table with {@code -} in the cells of columns of times. */
  static String withoutTimes(String text) throws IOException {
    List<CSVRecord> records;
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      records = parser.getRecords();
    }
    List<String> header = records.get(0).toList();
    if (TimeColumns.NAMES.stream().noneMatch(header::contains)) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    for (CSVRecord row : records) {
      List<String> cells = new ArrayList<>(row.toList());
      for (int column = 0; column < cells.size(); column++) {
        if (row != records.get(0) && TimeColumns.NAMES.contains(header.get(column))) {
          cells.set(column, "-");
        }
      }
      kept.append(cells).append('\n');
    }
    return kept.toString();
  }
}

package io.shrinklab.results;

import io.shrinklab.outcome.Coefficient;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** {@code coefficients.csv} of one run: a row per feature of a linear network. */
final class CoefficientsCsv {
  private static final List<String> COLUMNS = List.of("feature", "coefficient", "truth", "class");

  /** Of these the oldest such files have so many. */
  private static final int OLDEST = 2;

  private CoefficientsCsv() {}

  static Content content(List<Coefficient> rows) {
    boolean classes = rows.stream().anyMatch(row -> !row.className().isEmpty());
    List<String> columns = classes ? COLUMNS : COLUMNS.subList(0, COLUMNS.size() - 1);
    return Csv.content(
        columns,
        rows,
        row ->
            List.of(row.feature(), Csv.number(row.value()), truth(row.truth()), row.className())
                .subList(0, columns.size()));
  }

  static List<Coefficient> read(byte[] bytes) throws IOException, DamagedException {
    return Csv.read(
        RunFile.COEFFICIENTS,
        bytes,
        COLUMNS,
        OLDEST,
        row ->
            new Coefficient(
                Csv.text(row, 0),
                Csv.number(row, 1),
                truth(row),
                row.size() < COLUMNS.size() ? "" : Csv.text(row, COLUMNS.size() - 1)));
  }

  /** Empty where it is not known. */
  private static String truth(double value) {
    return Double.isNaN(value) ? "" : Csv.number(value);
  }

  private static double truth(CSVRecord row) {
    return row.size() <= OLDEST || row.get(OLDEST).isEmpty() ? Double.NaN : Csv.number(row, OLDEST);
  }
}

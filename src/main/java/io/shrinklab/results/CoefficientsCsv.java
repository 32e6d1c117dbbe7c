package io.shrinklab.results;

import io.shrinklab.outcome.Coefficient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code coefficients.csv} of one run: a row per feature of a linear network with one output. */
final class CoefficientsCsv {
  private static final List<String> COLUMNS = List.of("feature", "coefficient");

  private CoefficientsCsv() {}

  static Content content(List<Coefficient> rows) {
    return Csv.content(COLUMNS, rows, row -> List.of(row.feature(), Csv.number(row.value())));
  }

  static List<Coefficient> read(Path file) throws IOException, DamagedException {
    return Csv.read(file, COLUMNS, row -> new Coefficient(row.get(0), Csv.number(row, 1)));
  }
}

package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Sha256;
import java.util.Collections;
import java.util.List;

/**
 * The embedded diabetes set, in the form of Efron et al. (2004): columns centred and scaled to norm
 * 1, the target centred.
 */
final class Diabetes {
  private static final List<String> NAMES =
      List.of("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");

  private static final int COLUMNS = NAMES.size();

  private Diabetes() {}

  /** Reads the resources: 442 rows of 10 numbers, and the target. */
  static Source read() {
    Embedded table = Embedded.read("diabetes_data_raw.csv.gz");
    Embedded target = Embedded.read("diabetes_target.csv.gz");
    int rows = DataSpec.Diabetes.ROWS;
    double[] values = new double[rows * COLUMNS];
    double[] targets = new double[rows];
    // Read as float32, as all runs of this set were: their bits stay.
    List<String> lines = table.lines();
    List<String> targetLines = target.lines();
    for (int row = 0; row < rows; row++) {
      String[] cells = lines.get(row).split(" ", -1);
      for (int column = 0; column < COLUMNS; column++) {
        values[row * COLUMNS + column] = Float.parseFloat(cells[column]);
      }
      targets[row] = Float.parseFloat(targetLines.get(row));
    }
    return new Source(
        new Columns(values, Collections.nCopies(COLUMNS, Scaling.UNIT_NORM), NAMES),
        new Targets(targets, Scaling.CENTRED),
        rows,
        0,
        Sha256.of(table.bytes(), target.bytes()));
  }
}

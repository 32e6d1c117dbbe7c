package io.shrinklab.results;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.TimeColumns;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** {@code metrics.csv} of one run: a row per finished epoch. */
public final class MetricsCsv {
  /** The columns, in order. A column never changes its meaning; new ones come at the end. */
  public static final List<String> COLUMNS =
      List.of(
          "epoch",
          "train_loss",
          "train_score",
          "val_loss",
          "val_score",
          "penalty",
          "lp_norm",
          "lp_power_sum",
          "near_zero_fraction",
          "learning_rate",
          "seconds",
          "total_loss",
          "exact_zero_fraction",
          "gradient_ratio",
          "train_accuracy",
          "val_accuracy");

  /** Columns of the oldest files; the accuracies came later. */
  private static final int OLDEST = COLUMNS.indexOf("gradient_ratio") + 1;

  private MetricsCsv() {}

  /** One row's cells, in the order of {@link #COLUMNS}. */
  public static List<String> cells(EpochMetrics row) {
    List<String> cells = new ArrayList<>(COLUMNS.size());
    cells.add(Integer.toString(row.epoch()));
    for (double value : numbers(row)) {
      cells.add(Csv.number(value));
    }
    for (double accuracy : accuracies(row)) {
      cells.add(Double.isNaN(accuracy) ? "" : Csv.number(accuracy));
    }
    return cells;
  }

  /** What a task may not have; an empty cell then. */
  private static double[] accuracies(EpochMetrics row) {
    return new double[] {row.trainAccuracy(), row.validationAccuracy()};
  }

  /** All other numbers but the epoch, in the order of {@link #COLUMNS}. */
  private static double[] numbers(EpochMetrics row) {
    return new double[] {
      row.trainLoss(),
      row.trainScore(),
      row.validationLoss(),
      row.validationScore(),
      row.penalty(),
      row.lpNorm(),
      row.lpPowerSum(),
      row.nearZeroFraction(),
      row.learningRate(),
      row.seconds(),
      row.totalLoss(),
      row.exactZeroFraction(),
      row.gradientRatio()
    };
  }

  static Content content(List<EpochMetrics> rows) {
    return Csv.content(COLUMNS, rows, MetricsCsv::cells);
  }

  static EpochMetrics parse(CSVRecord row) {
    return new EpochMetrics(
        Integer.parseInt(row.get(0)),
        Csv.number(row, 1),
        Csv.number(row, 2),
        Csv.number(row, 3),
        Csv.number(row, 4),
        Csv.number(row, 5),
        Csv.number(row, 6),
        Csv.number(row, 7),
        Csv.number(row, 8),
        Csv.number(row, 9),
        Csv.number(row, 10),
        Csv.number(row, 11),
        Csv.number(row, 12),
        Csv.number(row, 13),
        accuracy(row, OLDEST),
        accuracy(row, OLDEST + 1));
  }

  private static double accuracy(CSVRecord row, int column) {
    return column >= row.size() || row.get(column).isEmpty() ? Double.NaN : Csv.number(row, column);
  }

  /**
   * SHA-256 over every column but {@link TimeColumns}, in hex. Taken over the numbers' bits and not
   * their decimals, which Java versions print differently: equal runs have equal hashes. Runs
   * without accuracies have the hash that they had before there were such columns.
   */
  public static String sha256(List<EpochMetrics> rows) {
    MessageDigest digest = Sha256.digest();
    List<String> columns = COLUMNS.subList(0, OLDEST);
    for (EpochMetrics row : rows) {
      double[] numbers = numbers(row);
      ByteBuffer bits = ByteBuffer.allocate(Integer.BYTES + numbers.length * Double.BYTES);
      bits.putInt(row.epoch());
      for (int i = 0; i < numbers.length; i++) {
        if (!TimeColumns.NAMES.contains(COLUMNS.get(i + 1))) {
          // The canonical NaN, so that two NaN are equal.
          bits.putLong(Double.doubleToLongBits(numbers[i]));
        }
      }
      digest.update(bits.flip());
      for (double accuracy : accuracies(row)) {
        if (!Double.isNaN(accuracy)) {
          columns = COLUMNS;
          digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(accuracy).array());
        }
      }
    }
    digest.update(String.join(",", columns).getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  static List<EpochMetrics> read(Path file) throws IOException, DamagedException {
    return Csv.read(file, COLUMNS, OLDEST, MetricsCsv::parse);
  }
}

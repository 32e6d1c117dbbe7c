package io.shrinklab.results;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** {@code metrics.csv} of one run: a row per finished epoch. */
public final class MetricsCsv {
  /** The columns, in order: the epoch, then every {@link Metric}. */
  public static final List<String> COLUMNS = columns(Integer.MAX_VALUE);

  private MetricsCsv() {}

  /** The columns of a format, which are those of its older ones and its own. */
  private static List<String> columns(int format) {
    List<String> columns = new ArrayList<>(List.of("epoch"));
    Metric.COLUMNS.stream()
        .filter(metric -> metric.since() <= format)
        .forEach(metric -> columns.add(metric.column()));
    return List.copyOf(columns);
  }

  /** One row's cells, in the order of {@link #COLUMNS}. */
  public static List<String> cells(EpochMetrics row) {
    List<String> cells = new ArrayList<>(COLUMNS.size());
    cells.add(Integer.toString(row.epoch()));
    for (Metric metric : Metric.COLUMNS) {
      cells.add(isThere(metric, row) ? Csv.number(row.get(metric)) : "");
    }
    return cells;
  }

  private static boolean isThere(Metric metric, EpochMetrics row) {
    return !metric.mayBeEmpty() || !Double.isNaN(row.get(metric));
  }

  static Content content(List<EpochMetrics> rows) {
    return Csv.content(COLUMNS, rows, MetricsCsv::cells);
  }

  private static EpochMetrics parse(CSVRecord row) {
    return EpochMetrics.of(
        Integer.parseInt(row.get(0)),
        metric -> {
          int cell = 1 + metric.place();
          boolean empty = cell >= row.size() || row.get(cell).isEmpty();
          return empty && metric.mayBeEmpty() ? Double.NaN : Csv.number(row, cell);
        });
  }

  /**
   * SHA-256 over every column but those of times, in hex. Taken over the numbers' bits and not
   * their decimals, which Java versions print differently: equal runs have equal hashes. Runs that
   * have none of a format's new columns have the hash that they had before it.
   */
  public static String sha256(List<EpochMetrics> rows) {
    MessageDigest digest = Sha256.digest();
    int format = 1;
    for (EpochMetrics row : rows) {
      ByteBuffer bits = ByteBuffer.allocate(Integer.BYTES + Metric.COLUMNS.size() * Double.BYTES);
      bits.putInt(row.epoch());
      for (Metric metric : Metric.COLUMNS) {
        if (!metric.isTime() && isThere(metric, row)) {
          // The canonical NaN, so that two NaN are equal.
          bits.putLong(Double.doubleToLongBits(row.get(metric)));
          format = Math.max(format, metric.since());
        }
      }
      digest.update(bits.flip());
    }
    digest.update(String.join(",", columns(format)).getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  static List<EpochMetrics> read(byte[] bytes) throws IOException, DamagedException {
    return Csv.read(RunFile.METRICS, bytes, COLUMNS, columns(1).size(), MetricsCsv::parse);
  }
}

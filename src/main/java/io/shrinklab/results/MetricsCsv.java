package io.shrinklab.results;

import com.fasterxml.jackson.core.io.NumberInput;
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
import org.jspecify.annotations.Nullable;

/** {@code metrics.csv} of one run: a row per finished epoch. */
public final class MetricsCsv {
  /** The columns, in order: the epoch, then every {@link Metric}. */
  public static final List<String> COLUMNS = columns(Integer.MAX_VALUE);

  /** The columns of the oldest such files. */
  private static final int OLDEST = columns(1).size();

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
    List<EpochMetrics> rows = plain(new String(bytes, StandardCharsets.ISO_8859_1).toCharArray());
    return rows == null
        ? Csv.read(RunFile.METRICS, bytes, COLUMNS, OLDEST, MetricsCsv::parse)
        : rows;
  }

  /**
   * A table that holds what this program writes and nothing else, of which reports of large sweeps
   * read a million rows. Null for any other: the reader of all tables knows what is wrong with it.
   */
  private static @Nullable List<EpochMetrics> plain(char[] text) {
    int width = 0;
    int[] starts = new int[COLUMNS.size() + 1];
    List<EpochMetrics> rows = new ArrayList<>();
    int cells = 1;
    for (int at = 0; at < text.length; at++) {
      if (text[at] == ',' && cells < COLUMNS.size()) {
        starts[cells++] = at + 1;
      } else if (text[at] == '\n') {
        starts[cells] = at + 1;
        if (width == 0) {
          width = cells;
          String header = String.join(",", COLUMNS.subList(0, width));
          if (width < OLDEST || !header.equals(new String(text, 0, at))) {
            return null;
          }
        } else if (cells != width) {
          return null;
        } else {
          try {
            rows.add(row(text, starts, width));
          } catch (NumberFormatException e) {
            return null;
          }
        }
        cells = 1;
        starts[0] = at + 1;
      }
    }
    return width > 0 && starts[0] == text.length ? rows : null;
  }

  /**
   * Of one line.
   *
   * @param starts of its cells, and of the line behind
   */
  private static EpochMetrics row(char[] text, int[] starts, int width) {
    return EpochMetrics.of(
        Integer.parseInt(new String(text, starts[0], starts[1] - 1 - starts[0])),
        metric -> {
          int cell = 1 + metric.place();
          int length = cell < width ? starts[cell + 1] - 1 - starts[cell] : 0;
          return length == 0 && metric.mayBeEmpty()
              ? Double.NaN
              : NumberInput.parseDouble(text, starts[cell], length, true);
        });
  }
}

package io.shrinklab.results;

import io.shrinklab.outcome.LayerMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;

/** {@code layers.csv} of one run: a row per finished epoch and layer. */
public final class LayersCsv {
  /** The columns, in order; {@code bin_0} to {@code bin_40} are the histogram's counts. */
  public static final List<String> COLUMNS = columns();

  private static final int FIRST_BIN = 8;

  private LayersCsv() {}

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "epoch",
                "layer",
                "weights",
                "lp_norm",
                "lp_power_sum",
                "near_zero_fraction",
                "exact_zero_fraction",
                "histogram_limit"));
    for (int bin = 0; bin < LayerMetrics.BINS; bin++) {
      columns.add("bin_" + bin);
    }
    return List.copyOf(columns);
  }

  /** One row's cells, in the order of {@link #COLUMNS}. */
  public static List<String> cells(LayerMetrics row) {
    if (row.histogram().size() != LayerMetrics.BINS) {
      throw new IllegalArgumentException(
          "A histogram of "
              + row.layer()
              + " has "
              + row.histogram().size()
              + " bins; it must have "
              + LayerMetrics.BINS);
    }
    List<String> cells = new ArrayList<>(COLUMNS.size());
    cells.add(Integer.toString(row.epoch()));
    cells.add(row.layer());
    cells.add(Long.toString(row.weights()));
    cells.add(Csv.number(row.lpNorm()));
    cells.add(Csv.number(row.lpPowerSum()));
    cells.add(Csv.number(row.nearZeroFraction()));
    cells.add(Csv.number(row.exactZeroFraction()));
    cells.add(Csv.number(row.histogramLimit()));
    for (int count : row.histogram()) {
      cells.add(Integer.toString(count));
    }
    return cells;
  }

  static Content content(List<LayerMetrics> rows) {
    return Csv.content(COLUMNS, rows, LayersCsv::cells);
  }

  private static LayerMetrics parse(CSVRecord row) {
    List<Integer> histogram = new ArrayList<>(LayerMetrics.BINS);
    for (int bin = 0; bin < LayerMetrics.BINS; bin++) {
      histogram.add(Integer.parseInt(row.get(FIRST_BIN + bin)));
    }
    return new LayerMetrics(
        Integer.parseInt(row.get(0)),
        Csv.text(row, 1),
        Long.parseLong(row.get(2)),
        Csv.number(row, 3),
        Csv.number(row, 4),
        Csv.number(row, 5),
        Csv.number(row, 6),
        histogram,
        Csv.number(row, 7));
  }

  static List<LayerMetrics> read(byte[] bytes) throws IOException, DamagedException {
    return Csv.read(RunFile.LAYERS, bytes, COLUMNS, LayersCsv::parse);
  }
}

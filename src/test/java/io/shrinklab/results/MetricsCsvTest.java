package io.shrinklab.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.testing.ARow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsCsvTest {
  /** Halves between two numbers, the ends of the range, and what is no number: all hard to read. */
  private static final List<Double> HARD =
      List.of(
          0.1 + 0.2,
          1 / 3.0,
          9007199254740993e3,
          2.2250738585072014E-308,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          -0.0,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  @Test
  void everyNumberIsReadBackToItsBits() throws Exception {
    assertThat(losses(MetricsCsv.read(bytes(rows())))).isEqualTo(HARD);
  }

  @Test
  void cellsInQuotesSayTheSame() throws Exception {
    String text = new String(bytes(rows()), StandardCharsets.UTF_8);
    byte[] quoted = text.replaceAll("([^,\n]+)", "\"$1\"").getBytes(StandardCharsets.UTF_8);

    assertThat(MetricsCsv.read(quoted)).isEqualTo(rows());
  }

  private static List<EpochMetrics> rows() {
    return HARD.stream()
        .map(value -> ARow.of(1 + HARD.indexOf(value)).with(Metric.TRAIN_LOSS, value).row())
        .toList();
  }

  private static List<Double> losses(List<EpochMetrics> rows) {
    return rows.stream().map(row -> row.get(Metric.TRAIN_LOSS)).toList();
  }

  private static byte[] bytes(List<EpochMetrics> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MetricsCsv.content(rows).writeTo(bytes);
    return bytes.toByteArray();
  }
}

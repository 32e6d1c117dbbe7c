package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.Metric;
import io.shrinklab.results.MetricsCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnsDocumentTest {

  /** The columns that docs/columns.md lists under a heading, in its order. */
  private static List<String> documented(String file) throws IOException {
    return rows(file).map(row -> row.group(1)).toList();
  }

  /** Each with what it says. */
  private static Stream<MatchResult> rows(String file) throws IOException {
    String text = Files.readString(Path.of("docs/columns.md"));
    String section = text.split("\n## " + Pattern.quote(file) + "\n", -1)[1].split("\n## ", -1)[0];
    return Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\S.*) \\|$").matcher(section).results();
  }

  @Test
  void everyColumnIsDocumentedInItsOrder() throws IOException {
    assertThat(SummaryCsv.columns()).isEqualTo(documented("summary.csv")).doesNotHaveDuplicates();
    assertThat(RunsCsv.columns()).isEqualTo(documented("runs.csv")).doesNotHaveDuplicates();
    assertThat(SweepMetricsCsv.columns())
        .isEqualTo(documented("metrics.csv"))
        .doesNotHaveDuplicates();
    assertThat(EffectsCsv.columns()).isEqualTo(documented("effects.csv")).doesNotHaveDuplicates();
    assertThat(StepTables.stepColumns())
        .isEqualTo(documented("steps/VARIANT-seed-N.csv"))
        .doesNotHaveDuplicates();
    assertThat(StepTables.layerColumns())
        .isEqualTo(documented("steps/VARIANT-seed-N-layers.csv"))
        .doesNotHaveDuplicates();
    assertThat(MatchingCsv.seedColumns())
        .isEqualTo(documented("compare --csv seeds"))
        .doesNotHaveDuplicates();
    assertThat(MatchingCsv.pathColumns())
        .isEqualTo(documented("compare --csv specification"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aMetricIsDocumentedInItsOwnWords() throws IOException {
    Map<String, String> told = new HashMap<>();
    rows("metrics.csv").forEach(row -> told.put(row.group(1), row.group(2).replace("\\|", "|")));
    assertThat(Metric.COLUMNS)
        .allSatisfy(metric -> assertThat(told.get(metric.column())).isEqualTo(metric.meaning()));
  }

  @Test
  void aQuantityOfAStepIsDocumentedInItsOwnWords() throws IOException {
    Map<String, String> told = new HashMap<>();
    rows("steps/VARIANT-seed-N-layers.csv")
        .forEach(row -> told.put(row.group(1), row.group(2).replace("\\|", "|")));
    assertThat(LayerQuantity.values())
        .allSatisfy(each -> assertThat(told.get(each.column())).isEqualTo(each.meaning()));
  }

  @Test
  void aSweepsMetricsAreItsRunsMetrics() {
    assertThat(SweepMetricsCsv.columns()).endsWith(MetricsCsv.COLUMNS.toArray(String[]::new));
  }
}

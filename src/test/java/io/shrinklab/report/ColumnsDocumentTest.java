package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ColumnsDocumentTest {

  /** The columns that docs/columns.md lists under a heading, in its order. */
  private static List<String> documented(String file) throws IOException {
    String text = Files.readString(Path.of("docs/columns.md"));
    String section = text.split("\n## " + Pattern.quote(file) + "\n", -1)[1].split("\n## ", -1)[0];
    return Pattern.compile("(?m)^\\| `(\\w+)` \\| \\S")
        .matcher(section)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void everyColumnIsDocumentedInItsOrder() throws IOException {
    assertThat(SummaryCsv.columns()).isEqualTo(documented("summary.csv")).doesNotHaveDuplicates();
    assertThat(RunsCsv.columns()).isEqualTo(documented("runs.csv")).doesNotHaveDuplicates();
    assertThat(MetricsCsv.columns()).isEqualTo(documented("metrics.csv")).doesNotHaveDuplicates();
  }

  @Test
  void aSweepsMetricsAreItsRunsMetrics() {
    assertThat(MetricsCsv.columns())
        .endsWith(io.shrinklab.results.MetricsCsv.COLUMNS.toArray(String[]::new));
  }
}

package io.shrinklab.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of clusters names every fault that is tried on one, and no other. */
class SparkPageTest {
  @Test
  void everyRowIsATestAndEveryTestARow() throws IOException {
    List<String> rows = new ArrayList<>();
    Matcher row =
        Pattern.compile("(?m)^\\|[^|]+\\|[^|]+\\| `(\\w+)` \\|$")
            .matcher(Files.readString(Path.of("docs/cluster.md")));
    while (row.find()) {
      rows.add(row.group(1));
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SparkClusterTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .toList());
  }
}

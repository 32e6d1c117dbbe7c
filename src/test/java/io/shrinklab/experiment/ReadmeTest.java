package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static Experiment example(String page, String heading) throws Exception {
    String example =
        Files.readString(Path.of(page))
            .lines()
            .dropWhile(line -> !line.equals(heading))
            .dropWhile(line -> !line.equals("    {"))
            .takeWhile(line -> line.startsWith("    "))
            .collect(Collectors.joining("\n"));
    return ExperimentFile.parse(example, page);
  }

  @Test
  void theExamplesOfAnExperimentFileAreRight() throws Exception {
    // (none, 2 p x 2 lambdas) in two settings, ten seeds.
    assertThat(example("README.md", "## An experiment file").size()).isEqualTo((1 + 4) * 2 * 10);
    // (none, matched L2, 3 p x 2 lambdas, wide) in two settings, ten seeds.
    assertThat(example("docs/experiment-file.md", "# An experiment file").size())
        .isEqualTo((1 + 1 + 6 + 1) * 2 * 10);
  }

  @Test
  void everyPageThatIsLinkedIsThere() throws Exception {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      List<Path> pages =
          Stream.concat(
                  docs.filter(page -> page.toString().endsWith(".md")),
                  Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of))
              .toList();
      for (Path page : pages) {
        Matcher links = link.matcher(Files.readString(page));
        while (links.find()) {
          assertThat(page.toAbsolutePath().resolveSibling(links.group(1)))
              .as("linked from %s", page)
              .exists();
        }
      }
    }
  }
}

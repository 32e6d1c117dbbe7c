package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void theExampleOfAnExperimentFileIsRight() throws Exception {
    String text = Files.readString(Path.of("README.md"));
    String example =
        text.lines()
            .dropWhile(line -> !line.equals("## An experiment file"))
            .filter(line -> line.startsWith("    "))
            .takeWhile(line -> !line.startsWith("    my.json"))
            .collect(Collectors.joining("\n"));
    Experiment experiment = ExperimentFile.parse(example, "README.md");
    // (none, matched L2, 3 p x 2 lambdas, wide) in two settings, ten seeds.
    assertThat(experiment.size()).isEqualTo((1 + 1 + 6 + 1) * 2 * 10);
  }
}

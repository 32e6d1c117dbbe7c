package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run} makes a report anew where anything that it is made of, or of it, has changed. */
class UnchangedReportTest {
  private static final String SAME = "(as it was: nothing has changed since)";

  @TempDir Path root;

  private Path sweep;

  @BeforeEach
  void aCompleteSweep() throws Exception {
    sweep = root.resolve("results").resolve("sweep");
    experiment("first words", "0.2");
    assertThat(said("run")).contains("Report: ").doesNotContain(SAME);
  }

  private void experiment(String description, String strength) throws IOException {
    Files.writeString(
        root.resolve("sweep.json"),
        """
        {"description": "%s", "data": {"kind": "digits"}, "network": {"kind": "linear"},
         "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2}, "seeds": 3,
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "a", "penalty": {"kind": "weight-decay", "strength": 0.1}},
                      {"name": "b", "penalty": {"kind": "weight-decay", "strength": %s}}]}
        """
            .formatted(description, strength));
  }

  private String said(String command, String... options) {
    StringWriter said = new StringWriter();
    Stream<String> arguments =
        Stream.of(
            command,
            root.resolve("sweep.json").toString(),
            "--results",
            root.resolve("results").toString());
    int code =
        StandInCommand.execute(
            root,
            new PrintWriter(said, true),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
    assertThat(code).isZero();
    return said.toString();
  }

  /** When each file of the report was written. */
  private Map<String, FileTime> written() throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sweep)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = sweep.relativize(file).toString();
        if (!name.startsWith("runs") && !name.equals(".lock")) {
          times.put(name, Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }

  @Test
  void nothingIsWrittenWhereNothingHasChangedAndTheAnswerIsTheSame() throws Exception {
    String report = said("report");
    Map<String, FileTime> before = written();
    assertThat(before).hasSizeGreaterThan(20).containsKey("report.html");

    String said = said("run");

    assertThat(said).endsWith("Report: " + sweep.resolve("report.html") + " " + SAME + "\n");
    assertThat(answer(said)).isEqualTo(answer(report)).contains("DIFFERENCE");
    assertThat(written()).isEqualTo(before);
  }

  /** What is said of the variants. */
  private static String answer(String said) {
    return said.substring(said.indexOf("No variant"), said.indexOf("Report: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.html", "charts/underfitting.png", ".report"})
  void aFileThatIsGoneComesBack(String file) throws Exception {
    Files.delete(sweep.resolve(file));

    assertThat(said("run")).doesNotContain(SAME);

    assertThat(sweep.resolve(file)).isNotEmptyFile();
    assertThat(said("run")).contains(SAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"summary.md", ".report"})
  void aFileThatSomebodyWroteIntoIsWrittenAnew(String file) throws Exception {
    Files.writeString(sweep.resolve(file), "x", StandardOpenOption.APPEND);

    assertThat(said("run")).doesNotContain(SAME);

    assertThat(sweep.resolve(file)).content(StandardCharsets.UTF_8).doesNotEndWith("x");
  }

  @Test
  void aFileOfTheSameSizeIsWrittenAnewToo() throws Exception {
    Path page = sweep.resolve("summary.md");
    String text = Files.readString(page);
    Files.writeString(page, text.replaceFirst("none", "NONE"));

    assertThat(said("run")).doesNotContain(SAME);

    assertThat(page).content(StandardCharsets.UTF_8).isEqualTo(text);
  }

  @Test
  void otherWordsAnotherBaselineAndOtherRunsAreAnotherReport() throws Exception {
    experiment("other words", "0.2");
    assertThat(said("run")).doesNotContain(SAME);
    assertThat(sweep.resolve("report.html"))
        .content(StandardCharsets.UTF_8)
        .contains("other words");

    said("report", "--baseline", "a");
    assertThat(said("run")).doesNotContain(SAME);
    assertThat(said("run")).contains(SAME);

    experiment("other words", "0.3");
    assertThat(said("run")).doesNotContain(SAME);

    // Another seed alone, of which the report is not.
    assertThat(said("run", "--seeds", "0,1")).doesNotContain(SAME);
    assertThat(said("run")).doesNotContain(SAME);
    assertThat(said("run")).contains(SAME);
  }

  @Test
  void aRunThatWasTrainedAgainIsInIt() throws Exception {
    Path run;
    try (Stream<Path> runs = Files.list(sweep.resolve("runs").resolve("a"))) {
      run = runs.findFirst().orElseThrow();
    }
    Files.writeString(run.resolve("metrics.csv"), "x", StandardOpenOption.APPEND);

    assertThat(said("report")).contains("damaged");
    assertThat(said("run")).doesNotContain(SAME);
    assertThat(said("run")).contains(SAME);
  }

  @Test
  void reportWritesWhateverIsThere() throws Exception {
    FileTime before = written().get("report.html");

    said("report");

    assertThat(written().get("report.html")).isNotEqualTo(before);
    assertThat(said("run")).contains(SAME);
  }
}

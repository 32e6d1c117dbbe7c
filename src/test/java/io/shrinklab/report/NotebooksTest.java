package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of docs/notebooks.md do what the page says, with a sweep's tables. */
class NotebooksTest {
  private static final String NO_PROGRAM = "no program: ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"python3, import pandas", "python3, import polars", "Rscript, runs <- subset"})
  void theLinesReadASweepsTables(String program, String first) throws Exception {
    Experiment experiment = SyntheticSweep.experiment();
    List<RunRecord> records = SyntheticSweep.withGaps(experiment);
    Path sweep = Files.createDirectories(folder.resolve("results/lp-ablation"));
    for (ReportFile file :
        Tables.files(
            experiment,
            records,
            SweepAnalysis.of(experiment, records, List.of()),
            MainEffects.NONE)) {
      try (OutputStream out = Files.newOutputStream(sweep.resolve(file.path()))) {
        file.content().writeTo(out);
      }
    }

    String printed = run(program, lines(first));
    assumeTrue(
        !printed.contains("No module named") && !printed.contains(NO_PROGRAM),
        "no " + program + " for \"" + first + "\": these lines of docs/notebooks.md are not tried");

    // Of the variant with a diverged run, by hand: the mean of the best scores of the others.
    double mean =
        records.stream()
            .filter(run -> run.spec().variant().name().equals("l0.5-weights-1e-02"))
            .filter(run -> run.status() == RunStatus.COMPLETED)
            .mapToDouble(run -> run.best().validationScore())
            .average()
            .orElseThrow();
    String rounded = new BigDecimal(mean).setScale(4, RoundingMode.HALF_EVEN).toPlainString();
    // polars and R leave zeros at the end away.
    assertThat(printed)
        .containsPattern("l0\\.5-weights-1e-02\\W+" + rounded.replaceAll("(0+)$", "($1)?") + "\\b");
  }

  /** The block of the page that begins so. */
  private static String lines(String first) throws IOException {
    String page = Files.readString(Path.of("docs/notebooks.md"));
    int from = page.indexOf("    " + first);
    assertThat(from).as("a block that begins with %s", first).isPositive();
    String block = page.substring(from, page.indexOf("\n\n", from)).replace("\n    ", "\n").strip();
    assertThat(block.lines()).hasSizeLessThanOrEqualTo(5);
    return block;
  }

  /** What a program printed, or how it failed. */
  private String run(String program, String lines) throws Exception {
    Path file = Files.writeString(folder.resolve("lines"), lines);
    try {
      Process process =
          new ProcessBuilder(program, file.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? printed : "failed: " + printed;
    } catch (IOException e) {
      return NO_PROGRAM + e;
    }
  }
}

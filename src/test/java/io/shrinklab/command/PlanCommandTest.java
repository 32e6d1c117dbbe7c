package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} where runs are stored, and of more variants than it shows. */
class PlanCommandTest {
  @TempDir private Path folder;
  private Path file;
  private Path results;
  private Experiment experiment;

  /** 151 variants with four seeds each. */
  @BeforeEach
  void grid() throws Exception {
    String lambdas =
        IntStream.rangeClosed(1, 150)
            .mapToObj(i -> i + "e-4")
            .collect(Collectors.joining(", ", "[", "]"));
    file =
        Files.writeString(
            folder.resolve("grid.json"),
            """
            {"data": {"kind": "digits"}, "network": {"kind": "linear"},
             "optimizer": {"kind": "adam"}, "training": {"epochs": 2}, "seeds": 4,
             "variants": [{"name": "none", "penalty": {"kind": "none"}},
                          {"penalty": {"kind": "lp", "p": 1}, "grid": {"penalty.lambda": %s}}]}
            """
                .formatted(lambdas));
    results = folder.resolve("results");
    experiment = ExperimentFile.read(file);
  }

  private List<String> plan(String... more) {
    StringWriter out = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            Stream.concat(
                    Stream.of("plan", file.toString(), "--results", results.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    return out.toString().lines().toList();
  }

  private RunSpec run(int variant, long seed) {
    return new RunSpec(experiment.variants().get(variant), seed);
  }

  private static List<String> row(List<String> lines, String variant) {
    return lines.stream()
        .filter(line -> line.startsWith(variant + " "))
        .map(line -> List.of(line.split("  +", -1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHundredVariantsAreShownAndAllAreCounted() {
    List<String> lines = plan();
    assertThat(lines.get(0))
        .isEqualTo("grid: 151 variants x 4 seeds = 604 runs, compared with none");
    assertThat(lines).filteredOn(line -> line.endsWith("  0..3")).hasSize(100);
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .containsExactly(
            "... and 51 variants more; --all shows them", "", "0 runs done, 604 to run.");
    assertThat(results).doesNotExist();

    List<String> all = plan("--all");
    assertThat(all).filteredOn(line -> line.endsWith("  0..3")).hasSize(151);
    assertThat(all).noneMatch(line -> line.contains("more; --all"));
  }

  @Test
  void whatIsStoredIsFoundWhereverItIsInTheGrid() throws Exception {
    try (SweepFolder sweep = SweepFolder.lock(results, "grid")) {
      TestRuns.store(sweep, run(0, 1));
      TestRuns.store(sweep, run(0, 2));
      // Behind the hundred that are shown.
      TestRuns.store(sweep, run(150, 0));
      sweep.write(
          new RunFailure(run(1, 3), "no memory", List.of()),
          TestRuns.ENVIRONMENT,
          TestRuns.STARTED,
          TestRuns.ENDED,
          TestRuns.text(""));
      TestRuns.store(sweep, run(2, 0));
      Files.writeString(sweep.path(run(2, 0)).resolve("metrics.csv"), "damaged");
      TestRuns.store(sweep, run(3, 0));
      Path whole = sweep.path(run(3, 0));
      Files.move(whole, whole.resolveSibling(whole.getFileName() + ".incomplete-0a1b2c3d"));
    }

    List<String> lines = plan();

    assertThat(lines)
        .filteredOn(line -> line.startsWith("damaged"))
        .singleElement()
        .asString()
        .contains(Identity.shortOf(run(2, 0)), "metrics.csv");
    assertThat(lines).contains("... and 51 variants more; --all shows them");
    assertThat(lines).filteredOn(line -> line.matches("(none|l1-weights).*")).hasSize(100);
    // Variant, penalty, strength, epochs, done, to run, seeds to run.
    assertThat(row(lines, "none")).endsWith("2", "2", "0,3");
    assertThat(row(lines, "l1-weights-1e-04")).endsWith("0", "4", "0..3");
    assertThat(row(lines, "l1-weights-2e-04")).endsWith("0", "4", "0..3");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo(
            "3 runs done, 601 to run; 1 failed before and will be tried again; 1 interrupted and"
                + " will be started over; 1 damaged and will be done again.");
    assertThat(row(plan("--all"), "l1-weights-1.5e-02")).endsWith("1", "3", "1..3");
  }

  private String table(String keys, String... rows) throws Exception {
    Path table = folder.resolve("t.csv");
    Files.write(table, List.of(rows));
    Files.writeString(
        file,
        """
        {"data": {"kind": "csv", "file": "%s", "checksum": "sha256:%s", "target": "y",
                  "train": 4, "validation": 2 %s},
         "network": {"kind": "linear"}, "optimizer": {"kind": "adam"},
         "training": {"epochs": 1}, "seeds": 3,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
        """
            .formatted(table, Sha256.of(Files.readAllBytes(table)), keys));
    return table.toString();
  }

  private String refused(String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Stream.concat(
                    Stream.of("plan", file.toString(), "--results", results.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(results).doesNotExist();
    return err.toString();
  }

  /** As run does before it trains: what is in the file, and whether it is enough. */
  @Test
  void dataThatRunWouldRefuseAreRefused() throws Exception {
    String table = table("", "a,y", "1,x", "high,y", "3,x", "4,y", "5,x", "6,y");
    for (String[] more : new String[][] {{}, {"--json"}, {"--all"}}) {
      assertThat(refused(more))
          .startsWith(file + ": " + table + ", row 2 below the header, column \"a\"");
    }
    table("", "a,y", "1,x", "2,y", "3,x", "4,y", "5,x");
    assertThat(refused())
        .startsWith(file + ": data: found train 4 and validation 2; each part needs a row");
    table("", "a,y", "1,x", "2,x", "3,x", "4,x", "5,x", "6,x");
    assertThat(refused())
        .startsWith(file + ": data.target: column \"y\" of " + table + " holds one class");
    Files.delete(Path.of(table));
    assertThat(refused()).startsWith(file + ": data.file: found no file " + table);
  }

  /** Of groups of 1, 2 and 3 rows one seed or the other has a part that is not of its size. */
  @Test
  void partsAreToldAsTheyWillBe() throws Exception {
    assertThat(plan()).contains("Rows: training 300, validation 600, test 897");
    table(
        ", \"group\": \"p\", \"missing\": \"drop-rows\"",
        "a,p,y",
        "1,r,x",
        "2,r,y",
        "3,r,x",
        "4,s,y",
        "5,s,x",
        "6,t,y",
        "7,u,x",
        "8,v,y",
        ",w,y");
    assertThat(plan())
        .filteredOn(line -> line.startsWith("Rows: "))
        .singleElement()
        .asString()
        .matches(
            "Rows: training (4|\\d to \\d), validation (2|\\d to \\d), test (2|\\d to \\d), parts of"
                + " whole groups, of which p has 5; left out for a missing value: 1 row");
  }

  /** Only a run may download; the folder that is asked for a set is looked at. */
  @Test
  void nothingIsDownloaded() throws Exception {
    Files.writeString(
        file, Files.readString(file).replace("\"digits\"", "\"mnist\", \"validation\": 1000"));
    assertThat(refused("--data-dir", folder.toString())).contains("mnist");
  }

  /** A changed experiment: the folder of its name has runs, but of another identity. */
  @Test
  void runsOfAnotherExperimentUnderTheSameNamesAreNotCounted() throws Exception {
    try (SweepFolder sweep = SweepFolder.lock(results, "grid")) {
      TestRuns.store(sweep, run(0, 1));
    }
    Files.writeString(file, Files.readString(file).replace("\"epochs\": 2", "\"epochs\": 3"));

    assertThat(plan()).last().isEqualTo("0 runs done, 604 to run.");
  }

  @Test
  void aRuleThatDoesNotFitADecayIsSaidBeforeAnythingIsTrained() throws Exception {
    Files.writeString(
        file,
        """
        {"data": {"kind": "digits"}, "network": {"kind": "linear"},
         "optimizer": {"kind": "adam", "learningRate": 0.01}, "training": {"epochs": 2}, "seeds": 1,
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "decay", "penalty": {"kind": "weight-decay", "strength": 0.5}},
                      {"name": "rule", "penalty": {"kind": "lp", "p": 2, "lambda":
                          {"matchWeightDecay": 0.5, "learningRate": 0.01}}}]}
        """);

    // 0.5 / 2 * 0.01 = 2.5e-3, and 0.5 / 2 = 2.5e-1.
    assertThat(plan())
        .filteredOn(line -> line.startsWith("rule does not match decay: "))
        .singleElement()
        .asString()
        .contains("lambda 2.5e-03", "L2 with lambda 2.5e-01");
  }
}

package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any two variants, any two sweeps, any baseline; of runs whose scores were written by hand. */
class CompareCommandTest {
  /** Scores of two epochs, the second one given; losses are one minus these. */
  private static final double FIRST = 0.5;

  private static final String SWEEP =
      """
      {"data": {"kind": "digits", "split": "fixed"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2},
       "seeds": 3,
       "variants": [{"name": "none", "penalty": {"kind": "none"}},
                    {"name": "l2", "penalty": {"kind": "lp", "p": 2, "lambda": 0.25}},
                    {"name": "idle", "penalty": {"kind": "weight-decay", "strength": 1e-9}}]}
      """;

  @TempDir private Path folder;
  private Path experiments;
  private Path results;
  private String out = "";
  private String err = "";

  @BeforeEach
  void storedSweep() throws Exception {
    experiments = Files.createDirectory(folder.resolve("experiments"));
    results = folder.resolve("results");
    Files.writeString(experiments.resolve("one.json"), SWEEP);
    store("one", "none", .90, .91, .92);
    store("one", "l2", .92, .93, .95);
    store("one", "idle", .90, .91, .92);
  }

  private Experiment experiment(String sweep) throws Exception {
    return ExperimentFile.read(experiments.resolve(sweep + ".json"));
  }

  private void store(String sweep, String variant, double... scores) throws Exception {
    Experiment experiment = experiment(sweep);
    for (int seed = 0; seed < scores.length; seed++) {
      RunSpec run = new RunSpec(RunSelection.variant(experiment, variant), seed);
      List<EpochMetrics> epochs = List.of(row(1, FIRST), row(2, scores[seed]));
      SweepFolder.open(results, experiment.name())
          .write(
              ARun.of(run)
                  .epochs(epochs)
                  .layers(List.<LayerMetrics>of())
                  .tested(each -> .5, each -> .5)
                  .outcome(),
              TestRuns.ENVIRONMENT,
              TestRuns.STARTED,
              TestRuns.ENDED,
              TestRuns.text("log"));
    }
  }

  private static EpochMetrics row(int epoch, double score) {
    return ARow.of(epoch).scores(1, score).losses(0, 1 - score).row();
  }

  private int execute(String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(toOut, true),
            new PrintWriter(toErr, true),
            Stream.concat(
                    Stream.of(arguments),
                    Stream.of(
                        "--experiments", experiments.toString(), "--results", results.toString()))
                .toArray(String[]::new));
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  @Test
  void twoVariantsAreComparedFromTheirStoredRunsAndNothingIsWritten() throws Exception {
    Map<String, String> before = Tree.of(results);
    assertThat(execute("compare", "one", "none", "l2")).isZero();

    assertThat(err).isEmpty();
    assertThat(out)
        .startsWith("l2 against none: better; validation score difference +0.0233 [")
        .contains(
            """
            SPECIFICATION          none  l2
            penalty.kind           none  lp
            penalty.p              -     2
            penalty.lambda         -     0.25
            penalty.scope          -     weights
            penalty.method         -     gradient
            penalty.epsilon        -     1e-08
            penalty.schedule.kind  -     constant
            """)
        .contains("\nvalidation loss, last epoch      -0.0233 [-0.")
        .contains(
            """
            SEED    none      l2  DIFFERENCE  PART AT EPOCH
               0  0.9000  0.9200     +0.0200  2
               1  0.9100  0.9300     +0.0200  2
               2  0.9200  0.9500     +0.0300  2
            """);
    assertThat(Tree.of(results)).isEqualTo(before);
  }

  @Test
  void twoNamesOfOneTreatmentAreFoundOut() {
    assertThat(execute("compare", "one", "none", "idle")).isZero();
    assertThat(out)
        .startsWith("idle and none are the same to the bit, to the end, with every seed")
        .contains("   2  0.9200  0.9200      0.0000  never\n");
  }

  @Test
  void twoVersionsOfAFileAreComparedVariantByVariant() throws Exception {
    Path old = Files.createDirectory(folder.resolve("old")).resolve("one.json");
    Files.writeString(
        old,
        SWEEP
            .replace("0.25", "0.5")
            .replace("\"idle\"", "\"lazy\"")
            .replace("\"epochs\": 2", "\"epochs\": 3"));
    Files.copy(old, experiments.resolve("two.json"));
    // The runs of both versions are in one folder.
    Experiment was = ExperimentFile.read(old);
    for (int seed = 0; seed < 3; seed++) {
      SweepFolder.open(results, "one")
          .write(
              ARun.of(new RunSpec(RunSelection.variant(was, "l2"), seed))
                  .epochs(List.of(row(1, .6), row(2, .9), row(3, .9)))
                  .tested(each -> .5, each -> .5)
                  .outcome(),
              TestRuns.ENVIRONMENT,
              TestRuns.STARTED,
              TestRuns.ENDED,
              TestRuns.text("log"));
    }
    assertThat(execute("compare", old.toString(), "one")).isZero();

    assertThat(out)
        // 0.02, 0.03 and 0.05 above 0.9: t = 3.78, so p = 1 - t / sqrt(2 + t^2) = 0.064.
        .startsWith(
            "one against "
                + old
                + ", variant by variant: 1 no difference shown (l2); 1 no baseline (none).")
        .contains("\nOnly in " + old + ": lazy.\nOnly in one: idle.\n")
        .containsPattern("\ntraining.epochs +3 +2 +all 2\npenalty.lambda +0.5 +0.25 +l2\n")
        .containsPattern("\nl2 +3 +\\+0.0333 .* 1\n")
        .containsPattern("\nnone +0 +- +no baseline .* -\n");
  }

  @Test
  void twoSweepsAreCalledByTheirNames() throws Exception {
    Files.writeString(experiments.resolve("two.json"), SWEEP.replace("0.25", "0.5"));
    store("two", "none", .90, .91, .92);
    store("two", "l2", .94, .95, .97);
    assertThat(execute("compare", "one", "two")).isZero();
    assertThat(out)
        .contains("two against one, variant by variant: ")
        .contains(
            """
            SPECIFICATION   one   two  VARIANTS
            penalty.lambda  0.25  0.5  l2
            """)
        .contains("Validation accuracy, two minus one.\n");
  }

  @Test
  void aTableForProgramsIsAllThatIsPrinted() {
    assertThat(execute("compare", "one", "none", "l2", "--csv", "seeds")).isZero();
    assertThat(out.lines().limit(2))
        .containsExactly(
            "match,seed,left,right,left_status,right_status,left_best_epoch,right_best_epoch,"
                + "left_best_val_score,right_best_val_score,best_difference,left_best_val_loss,"
                + "right_best_val_loss,left_last_val_score,right_last_val_score,"
                + "left_last_val_loss,right_last_val_loss,parting,parting_epoch,same_data",
            // The difference is rounded to a multiple of 2^-40.
            "l2 against none,0,none,l2,completed,completed,2,2,0.9,0.92,"
                + Math.rint(.02 * 0x1p40) / 0x1p40
                + ","
                + (1 - .90)
                + ","
                + (1 - .92)
                + ",0.9,0.92,"
                + (1 - .90)
                + ","
                + (1 - .92)
                + ",metrics,2,true");
    assertThat(execute("compare", "one", "none", "l2", "--csv", "specification")).isZero();
    assertThat(out)
        .startsWith(
            """
            match,path,left_value,right_value
            l2 against none,penalty.kind,none,lp
            l2 against none,penalty.p,,2
            """);
    assertThat(execute("compare", "one", "none", "l2", "--csv", "summary")).isZero();
    assertThat(out.lines().map(line -> line.split(",", 7)[0] + " " + line.split(",", 7)[5]))
        .containsExactly("variant verdict", "none baseline", "l2 better");
  }

  @Test
  void aStoredRunThatCannotBeUsedIsToldBesideTheTable() throws Exception {
    RunSpec run = new RunSpec(RunSelection.variant(experiment("one"), "l2"), 1);
    Path metrics = SweepFolder.open(results, "one").path(run).resolve("metrics.csv");
    Files.writeString(metrics, "epoch\n");
    assertThat(execute("compare", "one", "none", "l2", "--csv", "seeds")).isZero();
    assertThat(err).startsWith("one: damaged: ").contains("metrics.csv has 6 bytes instead of ");
    assertThat(out.lines().skip(2).findFirst().orElseThrow())
        .startsWith("l2 against none,1,none,l2,completed,damaged,2,,0.91,,,");
  }

  @Test
  void otherDataAreSaidBesideTheTableToo() throws Exception {
    Files.writeString(
        experiments.resolve("two.json"), SWEEP.replace("\"fixed\"", "\"fixed\", \"train\": 200"));
    store("two", "none", .90, .91, .92);
    assertThat(execute("compare", "one", "two", "--csv", "specification")).isZero();
    assertThat(err)
        .isEqualTo(
            "Other data, or another split, is asked for: all 3. Splits may differ, and pairing by"
                + " seed may mean nothing.\n");
    assertThat(out)
        .isEqualTo(
            """
            match,path,left_value,right_value
            none,data.train,300,200
            l2,data.train,300,200
            idle,data.train,300,200
            """);
  }

  @Test
  void otherScoresAreNotComparable() throws Exception {
    Files.writeString(
        experiments.resolve("two.json"),
        SWEEP.replace("\"kind\": \"digits\"", "\"kind\": \"diabetes\""));
    for (RunSpec run : experiment("two").runs().limit(3).toList()) {
      SweepFolder.open(results, "two")
          .write(
              ARun.of(run)
                  .scoreName("R2")
                  .epochs(List.of(row(1, .4), row(2, .5)))
                  .tested(each -> .5, each -> .5)
                  .outcome(),
              TestRuns.ENVIRONMENT,
              TestRuns.STARTED,
              TestRuns.ENDED,
              TestRuns.text("log"));
    }
    isWrong(
        "none: one is measured by accuracy, the other by R2, so there is nothing to compare",
        "compare",
        "one",
        "two");
  }

  private void isWrong(String message, String... arguments) {
    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).contains(message).doesNotContain("\tat ");
  }

  @Test
  void whatCannotBeComparedIsSaidInPlainWords() throws Exception {
    isWrong("Missing required parameter: 'SWEEP|VARIANT'", "compare", "one");
    isWrong("one has no variant \"l22\"; did you mean \"l2\"?", "compare", "one", "none", "l22");
    isWrong("compare: found l2 twice; needs two variants of one", "compare", "one", "l2", "l2");
    isWrong("compare: found one twice; needs two sweeps", "compare", "one", "one");
    isWrong("no sweep \"onne\"", "compare", "one", "onne");
    isWrong(
        "compare: l2 is a variant of one; needs the other one too: compare one l2 OTHER",
        "compare",
        "one",
        "l2");
    isWrong("needs ranges of distinct seeds", "compare", "one", "l2", "none", "--seeds", "x");
    isWrong("Invalid value for option '--csv'", "compare", "one", "l2", "none", "--csv", "x");
    isWrong(
        "No two stored runs that match today's files are completed and have the same seed, in 1 pair"
            + " of variants under "
            + results,
        "compare",
        "one",
        "l2",
        "none",
        "--seeds",
        "7..9");
    Files.writeString(
        experiments.resolve("two.json"), SWEEP.replace("\"seeds\": 3", "\"seeds\": \"5..6\""));
    isWrong(
        "one has the seeds 0..2 and two has 5..6, so no two runs are a pair",
        "compare",
        "one",
        "two");
    Files.writeString(
        experiments.resolve("two.json"), SWEEP.replaceAll("\"name\": \"", "\"name\": \"my-"));
    isWrong("one and two have no variant of the same name", "compare", "one", "two");
  }

  @Test
  void aReportComparesWithAnyBaselineAndTheNextOneWithTheFilesAgain() throws Exception {
    assertThat(execute("report", "one")).isZero();
    String before = Files.readString(results.resolve("one/summary.csv"));
    assertThat(out).contains("l2 beats none: +0.0233 [");

    assertThat(execute("report", "one", "--baseline", "l2")).isZero();
    assertThat(out)
        .contains("No variant is shown to beat l2: the others are all worse.")
        .endsWith(
            "It compares with l2, as asked; the one with the file's baseline, none, comes back by:"
                + " report one\n");
    assertThat(Files.readString(results.resolve("one/report.html")))
        .contains("<li>compared with <b id=\"compared-with\">l2</b></li>");
    assertThat(Files.readString(results.resolve("one/summary.csv")).lines().skip(1))
        .extracting(line -> line.split(",", 7)[0] + " " + line.split(",", 7)[5])
        .containsExactly("none worse", "l2 baseline", "idle worse");
    assertThat(Files.readString(results.resolve("one/summary.md")))
        .startsWith("No variant is shown to beat l2")
        .containsPattern("\\| none \\|.*worse.*\n\\| l2 \\|.*baseline.*\n");

    assertThat(execute("report", "one")).isZero();
    assertThat(Files.readString(results.resolve("one/summary.csv"))).isEqualTo(before);
  }

  @Test
  void aBaselineIsNamedWithoutItsSetting() throws Exception {
    Files.writeString(
        experiments.resolve("grid.json"),
        SWEEP.replace(
            "\"seeds\": 3", "\"seeds\": 3, \"grid\": {\"training.batchSize\": [16, 32]}"));
    for (String setting : experiment("grid").variants().stream().map(Variant::name).toList()) {
      store("grid", setting, .90, .91, .92);
    }
    isWrong(
        "l2-batch-size-16 is l2 in one of several settings; --baseline names l2, for all of them",
        "report",
        "grid",
        "--baseline",
        experiment("grid").variants().stream()
            .map(Variant::name)
            .filter(name -> name.startsWith("l2-"))
            .findFirst()
            .orElseThrow());
    isWrong(
        "grid has no variant \"group-lasso\"; some are none, l2, idle.",
        "report",
        "grid",
        "--baseline",
        "group-lasso");
    assertThat(execute("report", "grid", "--baseline", "l2")).isZero();
    assertThat(Files.readString(results.resolve("grid/summary.csv")).lines().skip(1))
        .filteredOn(line -> line.startsWith("l2-"))
        .hasSize(2)
        .allMatch(line -> line.split(",", 7)[5].equals("baseline"));
  }
}

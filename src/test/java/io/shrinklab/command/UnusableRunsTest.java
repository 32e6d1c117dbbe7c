package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored runs that are damaged or that nobody can read, and what each command says of them. */
class UnusableRunsTest {
  @TempDir private Path root;
  private Path file;
  private Path results;
  private Experiment experiment;
  private SweepFolder folder;

  /** Of the metrics that were damaged, before. */
  private long bytes;

  private record Said(int code, String out, String err) {}

  @BeforeEach
  void sweepOfTwoVariants() throws Exception {
    file =
        Files.writeString(
            root.resolve("two.json"),
            """
            {"data": {"kind": "digits"}, "network": {"kind": "linear"},
             "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2},
             "seeds": 4,
             "variants": [
               {"name": "none", "penalty": {"kind": "none"}},
               {"name": "decay", "penalty": {"kind": "weight-decay", "strength": 0.02}}]}
            """);
    results = root.resolve("results");
    experiment = ExperimentFile.read(file);
    folder = SweepFolder.open(results, "two");
  }

  @Test
  void aRuntimeThatCannotDrawLettersLeavesThePicturesOutAndSaysSo() throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      TestRuns.store(folder, run("none", seed));
      TestRuns.store(folder, run("decay", seed));
    }
    StringWriter said = new StringWriter();
    // As from a headless runtime on a system without FreeType.
    String words = "libfreetype.so.6: cannot open shared object file";
    SweepReport.read(experiment, folder)
        .write(
            new PrintWriter(said, true),
            () -> {
              throw new UnsatisfiedLinkError(words);
            });

    assertThat(results.resolve("two/charts")).doesNotExist();
    for (String file : List.of("report.html", "summary.csv", "summary.md", "metrics.csv")) {
      assertThat(results.resolve("two").resolve(file)).isNotEmptyFile();
    }
    assertThat(said.toString())
        .containsOnlyOnce("No pictures in charts/ (PNG, SVG, PDF)")
        .contains(words, "apt-get install ", "then the report command")
        .contains("Report: ");
  }

  private RunSpec run(String variant, long seed) {
    return new RunSpec(experiment.variants().get(variant.equals("none") ? 0 : 1), seed);
  }

  private void storeAll() throws Exception {
    for (RunSpec run : experiment.runs().toList()) {
      TestRuns.store(folder, run);
    }
  }

  /** One damaged, and in the place of another run's folder a file. */
  private Path storeAllButTwo() throws Exception {
    storeAll();
    bytes = Files.size(folder.path(run("decay", 1)).resolve("metrics.csv"));
    Files.writeString(folder.path(run("decay", 1)).resolve("metrics.csv"), "epoch\n");
    Path unreadable = folder.path(run("decay", 2));
    Files.move(unreadable, root.resolve("elsewhere"));
    return Files.writeString(unreadable, "a file");
  }

  private Said say(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, file.toString(), "--results", results.toString()));
    arguments.addAll(List.of(more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  @Test
  void aReportSaysFirstWhichStoredRunsItLacksAndWhy() throws Exception {
    Path unreadable = storeAllButTwo();
    Said said = say("report");

    assertThat(said.code()).isZero();
    String lacks =
        "2 of 8 runs are stored but left out of this answer, 1 damaged and 1 unreadable: decay (2)."
            + " With them the answer may be another.";
    assertThat(said.out().lines().limit(4))
        .containsExactly(
            "",
            "damaged: "
                + folder.path(run("decay", 1))
                + ": metrics.csv has 6 bytes instead of "
                + bytes,
            "unreadable: " + unreadable + ": a file is in the place of a folder",
            lacks);
    assertThat(said.out()).doesNotContain("not run yet").doesNotContain("missing");

    assertThat(Files.readString(folder.path().resolve("summary.md"))).startsWith(lacks);
    assertThat(Files.readString(folder.path().resolve("report.html")))
        .contains(lacks)
        .contains("<b>1</b> damaged")
        .contains("<b>1</b> unreadable")
        .contains("metrics.csv has 6 bytes instead of")
        .contains("a file is in the place of a folder")
        .doesNotContain("</b> missing");
    List<String> rows = Files.readAllLines(folder.path().resolve("runs.csv"));
    assertThat(rows)
        .filteredOn(row -> row.contains(",damaged,"))
        .singleElement()
        .asString()
        .contains("metrics.csv has 6 bytes instead of");
    assertThat(rows).filteredOn(row -> row.contains(",unreadable,")).hasSize(1);
    List<String> summary = Files.readAllLines(folder.path().resolve("summary.csv"));
    int missing = List.of(summary.get(0).split(",")).indexOf("missing");
    assertThat(summary.get(2)).startsWith("decay,");
    // Planned, completed, diverged, failed, missing: the criterion before them has commas.
    assertThat(summary.get(2)).contains(",4,2,0,0,2,");
    assertThat(missing).isPositive();
  }

  @Test
  void manyDamagedRunsAreCountedAndSomeNamed() throws Exception {
    String text = Files.readString(file).replace("\"seeds\": 4", "\"seeds\": 15");
    Files.writeString(file, text);
    experiment = ExperimentFile.read(file);
    storeAll();
    for (int seed = 0; seed < 12; seed++) {
      Files.delete(folder.path(run("decay", seed)).resolve("run.log"));
    }
    Said said = say("report");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines().filter(line -> line.startsWith("damaged: "))).hasSize(10);
    assertThat(said.out())
        .contains("... and 2 more, each a row of runs.csv\n12 of 30 runs are stored but left out");
  }

  @Test
  void aReportOfDamagedRunsAloneIsRefusedAndTheOlderOneStays() throws Exception {
    storeAll();
    assertThat(say("report").code()).isZero();
    for (RunSpec run : experiment.runs().toList()) {
      Files.writeString(folder.path(run).resolve("weights.npz"), "x");
    }
    Map<String, String> before = Tree.of(root);
    Said said = say("report");
    assertThat(said.code()).isEqualTo(ExitCode.WRONG);
    assertThat(said.err())
        .startsWith("damaged: " + folder.path(run("none", 0)) + ": weights.npz has 1 bytes")
        .contains("there is nothing to report, and an older report stays")
        .contains("run " + file);
    assertThat(Tree.of(root)).isEqualTo(before);
  }

  /** Nor does a sweep train for hours to be told so. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void aReportThatCouldNotBeWholeIsNotBegun() throws Exception {
    storeAllButTwo();
    Path place = folder.path().resolve("summary.csv");
    Files.createSymbolicLink(place, root.resolve("elsewhere"));
    Map<String, String> before = Tree.of(root);
    for (String command : List.of("report", "run")) {
      Said said =
          say(command, command.equals("run") ? new String[] {"--seeds", "0"} : new String[0]);
      assertThat(said.code()).isEqualTo(ExitCode.WRONG);
      assertThat(said.err()).contains(place + ": a link is in the place of a file");
      assertThat(Tree.of(root)).isEqualTo(before);
    }
  }

  @Test
  void aVariantWhoseRunsAreAllDamagedIsNotCalledNotRunYet() throws Exception {
    storeAll();
    for (int seed = 0; seed < 4; seed++) {
      Files.delete(folder.path(run("decay", seed)).resolve("run.json"));
    }
    Said said = say("report");
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("run.json is missing").doesNotContain("no run yet");
    assertThat(Files.readString(folder.path().resolve("summary.csv")))
        .contains("no run that can be used")
        .doesNotContain("no run yet");
  }

  @Test
  void aPlanNamesThemAndTrainsNothing() throws Exception {
    Path unreadable = storeAllButTwo();
    Map<String, String> before = Tree.of(root);
    Said said = say("plan");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("damaged, to be done again: " + folder.path(run("decay", 1)) + ": metrics.csv")
        .contains("unreadable, and a run of the sweep stops at it: " + unreadable + ": a file")
        .endsWith(
            "6 runs done, 2 to run; 1 damaged and will be done again; 1 unreadable, to be made"
                + " readable or moved away first.\n");
    Said json = say("plan", "--json");
    assertThat(json.code()).isEqualTo(ExitCode.WRONG);
    assertThat(json.err())
        .startsWith("decay seed 2 is stored and cannot be read: " + unreadable + ": a file");
    assertThat(Tree.of(root)).isEqualTo(before);
  }

  @Test
  void aSweepStopsAtAnUnreadableRunBeforeAnythingIsTrained() throws Exception {
    Path unreadable = storeAllButTwo();
    Map<String, String> before = Tree.of(root);
    Said said = say("run", "--jobs", "1");
    assertThat(said.code()).isEqualTo(ExitCode.WRONG);
    assertThat(said.err())
        .contains("decay seed 2 is stored and cannot be read: " + unreadable + ": a file is in")
        .contains("Nothing was trained");
    Map<String, String> after = Tree.of(root);
    // Free, for it was given back.
    assertThat(after.remove("results/two/.lock")).startsWith("0 bytes");
    assertThat(after).isEqualTo(before);
  }

  private enum Wrong {
    A_FILE {
      @Override
      void make(Path runs) throws IOException {
        Files.writeString(runs, "x");
      }
    },
    A_LOOP {
      @Override
      void make(Path runs) throws IOException {
        Files.createSymbolicLink(runs, runs);
      }
    },
    A_LINK {
      @Override
      void make(Path runs) throws IOException {
        Files.createSymbolicLink(runs, Files.createDirectory(runs.resolveSibling("other")));
      }
    },
    A_LINK_TO_NOTHING {
      @Override
      void make(Path runs) throws IOException {
        Files.createSymbolicLink(runs, Path.of("nowhere"));
      }
    };

    abstract void make(Path runs) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void runsThatAreNoFolderAreNotTakenForNone(Wrong wrong) throws Exception {
    Path runs = results.resolve("two/runs");
    Files.createDirectories(results.resolve("two"));
    wrong.make(runs);
    Map<String, String> before = Tree.of(root);
    for (Said said :
        List.of(
            say("plan"),
            say("plan", "--json"),
            say("report"),
            say("rerun", "none"),
            say("run", "--jobs", "1"))) {
      assertThat(said.code()).isEqualTo(ExitCode.WRONG);
      assertThat(said.err())
          .contains("Cannot read the results folder " + results.resolve("two") + ": " + runs + ": ")
          .contains("in the place of a folder");
      assertThat(said.out()).doesNotContain("to run").doesNotContain("epoch");
    }
    assertThat(Tree.of(root)).isEqualTo(before);
  }

  static List<Wrong> wrongs() {
    return List.of(Wrong.values());
  }

  @Test
  void aResultsFolderThatIsAFileIsNotTakenForAnEmptyOne() throws Exception {
    Files.writeString(results, "x");
    for (Said said : List.of(say("plan"), say("report"), say("rerun", "none"))) {
      assertThat(said.code()).isEqualTo(ExitCode.WRONG);
      assertThat(said.err())
          .startsWith("Cannot read the results folder " + results.resolve("two"))
          .contains("Not a directory");
    }
  }

  /** Of such a name the clean-up would have made nothing, with all that is stored under it. */
  @ParameterizedTest
  @ValueSource(strings = {"l2.incomplete-1", "net.replaced-relu", "a.incomplete-1a2b3c4d"})
  void aNameWithAMarkIsRefusedWithItsFilePathAndValue(String name) throws Exception {
    storeAll();
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"name\": \"decay\"", "\"name\": \"" + name + "\""));
    Map<String, String> before = Tree.of(root);
    for (String command : List.of("plan", "run", "report")) {
      Said said = say(command);
      assertThat(said.code()).isEqualTo(ExitCode.WRONG);
      assertThat(said.err())
          .contains(file.toString())
          .contains("variants[1].name: found \"" + name + "\": needs a name of ASCII letters")
          .contains("holds neither .incomplete- nor .replaced-");
    }
    assertThat(Tree.of(root)).isEqualTo(before);

    Files.writeString(file, text.replace("{\"data\"", "{\"name\": \"" + name + "\", \"data\""));
    assertThat(say("plan").err()).contains("name: found \"" + name + "\"");
    // The name of a file is the sweep's, where it gives none.
    file = Files.writeString(root.resolve(name + ".json"), text);
    assertThat(say("plan").code()).isEqualTo(ExitCode.WRONG);
    assertThat(say("plan").err()).contains("name: found \"" + name + "\"");
  }
}

package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that needs no training. */
class CommandLineTest {
  private static final String TINY =
      """
      {"description": "Does it work?",
       "data": {"kind": "digits", "train": 20, "validation": 20},
       "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1},
       "training": {"epochs": 2},
       "seeds": 3,
       "variants": [{"name": "none", "penalty": {"kind": "none"}},
                    {"penalty": {"kind": "lp", "p": 2}, "grid": {"penalty.lambda": [1e-4, 0.25]}}]}
      """;

  @TempDir private Path folder;
  private Path experiments;
  private Path results;
  private String out = "";
  private String err = "";

  @BeforeEach
  void folders() throws Exception {
    experiments = Files.createDirectory(folder.resolve("experiments"));
    results = folder.resolve("results");
    Files.writeString(experiments.resolve("tiny.json"), TINY);
  }

  private int execute(String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(toOut, true), new PrintWriter(toErr, true), arguments);
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  private int withFolders(String... arguments) {
    return execute(
        Stream.concat(
                Stream.of(arguments),
                Stream.of("--experiments", experiments.toString(), "--results", results.toString()))
            .toArray(String[]::new));
  }

  @Test
  void helpHasColoursOnATerminalAndNoneWhereTheyAreNotWanted() {
    // The library's own way to take any stream for a terminal.
    System.setProperty("picocli.ansi", "true");
    try {
      assertThat(execute("plan", "--help")).isZero();
      assertThat(out).contains("\033[");
      assertThat(execute("plan", "--help", "--no-color")).isZero();
      assertThat(out).contains("Usage: ").doesNotContain("\033");
    } finally {
      System.clearProperty("picocli.ansi");
    }
  }

  @Test
  void planShowsEveryVariantAndWritesNothing() {
    assertThat(withFolders("plan", "tiny")).isZero();
    assertThat(out)
        .isEqualToNormalizingNewlines(
            """
            tiny: 3 variants x 3 seeds = 9 runs, compared with none
            Results: %s
            Rows: training 20, validation 20, test 1757

            VARIANT             PENALTY     STRENGTH  EPOCHS  DONE  TO RUN  SEEDS TO RUN
            none                none               0       2     0       3  0..2
            l2-weights-1e-04    L2 weights     1e-04       2     0       3  0..2
            l2-weights-2.5e-01  L2 weights   2.5e-01       2     0       3  0..2

            0 runs done, 9 to run.
            """
                .formatted(results.resolve("tiny")));
    assertThat(err).isEmpty();
    assertThat(results).doesNotExist();
  }

  @Test
  void planOfSomeSeedsAndVariantsShowsThose() {
    assertThat(withFolders("plan", "tiny", "--seeds", "1,5..7,9", "--only", "l2-weights-1e-04"))
        .isZero();
    assertThat(out)
        .contains("tiny: 1 variant x 5 seeds = 5 runs")
        .contains("  0       5  1,5..7,9")
        .doesNotContain("2.5e-01");
  }

  @Test
  void planAsJsonIsALineForEachRunThatIsMissing() throws Exception {
    RunSpec stored = SpecJson.read(planned("--only", "none").get(1).get("spec"));
    TestRuns.store(SweepFolder.open(results, "tiny"), stored);
    List<JsonNode> lines = planned("--seeds", "0..1");
    assertThat(lines).allSatisfy(line -> assertThat(line.at("/message").asText()).isEqualTo("run"));
    assertThat(lines.stream().map(line -> line.get("spec")))
        .extracting(run -> run.at("/variant/name").asText() + " " + run.get("seed"))
        .containsExactly(
            "none 0",
            "l2-weights-1e-04 0",
            "l2-weights-1e-04 1",
            "l2-weights-2.5e-01 0",
            "l2-weights-2.5e-01 1");
  }

  private List<JsonNode> planned(String... options) throws Exception {
    assertThat(
            withFolders(
                Stream.concat(Stream.of("plan", "tiny", "--json"), Stream.of(options))
                    .toArray(String[]::new)))
        .isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void planTogetherHasALineForTheRunsOfASeed() throws Exception {
    List<JsonNode> lines = planned("--together");
    assertThat(lines).hasSize(3);
    for (int seed = 0; seed < 3; seed++) {
      JsonNode line = lines.get(seed);
      assertThat(line.get("message").textValue()).isEqualTo("runs");
      assertThat(line.get("specs").findValuesAsText("seed")).containsOnly("" + seed).hasSize(3);
    }
  }

  @Test
  void aBuildWithoutSparkSaysHowToHaveOne() {
    // What an earlier build with it left in the folder of classes is none.
    assumeThat(getClass().getResource("/org/apache/spark/SparkConf.class")).isNull();
    assertThat(withFolders("run", "tiny", "--spark", "local[1]")).isEqualTo(2);
    assertThat(err).contains("this build is without Spark", "docs/cluster.md");
    assertThat(results).doesNotExist();
  }

  @Test
  void listShowsABrokenFileInItsLine() throws Exception {
    Files.writeString(experiments.resolve("broken.json"), TINY.replace("\"epochs\"", "\"epoch\""));
    Files.writeString(experiments.resolve("no-json.json"), "{");
    assertThat(execute("list", "--experiments", experiments.toString())).isZero();
    assertThat(out)
        .isEqualToNormalizingNewlines(
            """
            SWEEP    RUNS  QUESTION
            broken      -  cannot be run, 2 problems; see: plan broken
            no-json     -  cannot be run, 1 problem; see: plan no-json
            tiny        9  Does it work?
            """);
    assertThat(err.lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(experiments.resolve("broken.json") + ": training.epoch: found 2")
                    .endsWith("(the first of 2 problems)"),
            line ->
                assertThat(line)
                    .startsWith(experiments.resolve("no-json.json") + ": line 1, column "));
  }

  /** Cut in a character, an encoding of four bytes, a number beyond all doubles. */
  @Test
  void listShowsTheGoodFilesBesideDamagedOnes() throws Exception {
    byte[] text = TINY.getBytes(StandardCharsets.UTF_8);
    text[TINY.indexOf("Does")] = (byte) 0xff;
    Files.write(experiments.resolve("utf-8.json"), text);
    byte[] wide = TINY.getBytes(Charset.forName("UTF-32BE"));
    wide[4] = 0x7f;
    Files.write(experiments.resolve("utf-32.json"), wide);
    Files.writeString(experiments.resolve("vast.json"), TINY.replace("0.25", "1e400"));
    assertThat(execute("list", "--experiments", experiments.toString())).isZero();
    assertThat(out)
        .isEqualToNormalizingNewlines(
            """
            SWEEP   RUNS  QUESTION
            tiny       9  Does it work?
            utf-32     -  cannot be run, 1 problem; see: plan utf-32
            utf-8      -  cannot be run, 1 problem; see: plan utf-8
            vast       -  cannot be run, 1 problem; see: plan vast
            """);
    assertThat(err)
        .contains("utf-32.json: byte 5: found 7f 00 00 22: damaged UTF-32BE; needs a text file")
        .contains("utf-8.json: byte 18: found ff: damaged UTF-8; needs a text file")
        .contains("vast.json: variants[1].grid[\"penalty.lambda\"][1]: found 1E+400: needs");
  }

  @Test
  void listOfAnEmptyFolderSaysSo() {
    assertThat(execute("list", "--experiments", folder.resolve("nowhere").toString())).isZero();
    assertThat(out).startsWith("No experiment files in ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run", "report"})
  void anUnknownSweepIsWrongAndNamesTheNearest(String command) {
    assertThat(withFolders(command, "tinny")).isEqualTo(2);
    assertThat(err)
        .startsWith("no sweep \"tinny\"")
        .contains("did you mean \"tiny\"?")
        .doesNotContain("\tat ");
    assertThat(out).isEmpty();
    assertThat(results).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run", "report"})
  void anInvalidFileIsWrongAndAllItsProblemsAreShown(String command) throws Exception {
    Path file = experiments.resolve("tiny.json");
    Files.writeString(file, TINY.replace("\"epochs\"", "\"epoch\"").replace("0.25", "-1"));
    assertThat(withFolders(command, "tiny")).isEqualTo(2);
    assertThat(err)
        .startsWith(file + ": 3 problems\n")
        .contains("training.epoch: found 2: unknown key; did you mean \"epochs\"")
        .contains("variants[1].grid[\"penalty.lambda\"][1]: found -1: needs a number")
        .doesNotContain("\tat ");
    assertThat(results).doesNotExist();
  }

  /**
   * The screen is cleared, a bell rings, the rest of the line is turned round, a line is forged.
   */
  private static final String EVIL = "\u001b[2J\u0007\u202E\u009b1m\r\n\nAll is well.";

  private static final String MADE_VISIBLE =
      "\\u001b[2J\\u0007\\u202e\\u009b1m\\r\\n\\nAll is well.";

  private static String json(String text) throws Exception {
    return new ObjectMapper().writeValueAsString(text);
  }

  private void assertNothingEvilIsShown() {
    String shown = out + err;
    assertThat(shown.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(shown.lines()).noneMatch(line -> line.startsWith("All is well."));
  }

  /** As a key, as a key given twice, as values of each kind, as names that are looked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"epochs\" -> %s",
        "\"epochs\": 2 -> \"epochs\": 2, %1$s: 1, %1$s: 2",
        "\"digits\" -> %s",
        "\"seeds\": 3 -> \"seeds\": 3, \"baseline\": %s",
        "\"name\": \"none\" -> \"name\": %s",
        "0.25 -> %s",
        "\"penalty.lambda\" -> %s",
        "{\"kind\": \"digits\" -> {\"kind\": \"csv\", \"target\": \"y\", \"file\": %s",
        "{\"kind\": \"linear\"} -> {\"kind\": \"custom\", \"className\": %s}",
        "\"lp\", \"p\": 2 -> \"custom\", \"className\": %s",
      })
  void nothingOfAFileMovesTheCursorOrForgesALine(String change) throws Exception {
    String[] parts = change.split(" -> ", -1);
    Files.writeString(
        experiments.resolve("tiny.json"), TINY.replace(parts[0], parts[1].formatted(json(EVIL))));
    for (String command : List.of("plan", "run")) {
      assertThat(withFolders(command, "tiny")).isEqualTo(2);
      assertNothingEvilIsShown();
      assertThat(err).containsIgnoringCase(MADE_VISIBLE);
    }
    assertThat(execute("list", "--experiments", experiments.toString())).isZero();
    assertNothingEvilIsShown();
  }

  @Test
  void aDescriptionIsOneLineWithoutShapelessCharacters() throws Exception {
    String description = TINY.replace("\"Does it work?\"", json("Does\u202E it\u001b[2J\nwork?"));
    Files.writeString(experiments.resolve("tiny.json"), description);
    assertThat(execute("list", "--experiments", experiments.toString())).isZero();
    assertNothingEvilIsShown();
    assertThat(out).contains("tiny      9  Does\\u202e it [2J work?\n");
  }

  @Test
  void argumentsAreMadeVisibleToo() {
    assertThat(withFolders("plan", "tiny", "--only", EVIL)).isEqualTo(2);
    assertNothingEvilIsShown();
    assertThat(withFolders("report", "tiny", "--baseline", EVIL)).isEqualTo(2);
    assertNothingEvilIsShown();
    assertThat(withFolders("rerun", "tiny", "none", "--set", EVIL + "=1")).isEqualTo(2);
    assertNothingEvilIsShown();
    assertThat(withFolders("plan", "tiny", "--" + EVIL)).isEqualTo(2);
    assertNothingEvilIsShown();
  }

  @Test
  void aKeyOfManyCharactersIsCut() throws Exception {
    String key = "k".repeat(40_000);
    Files.writeString(experiments.resolve("tiny.json"), TINY.replace("epochs", key));
    assertThat(withFolders("plan", "tiny")).isEqualTo(2);
    assertThat(err).contains("  training." + "k".repeat(79) + "...: found 2: unknown key");
    assertThat(err.length()).isLessThan(1500);
  }

  /** What passes as JSON is the same JSON, for whoever reads the lines with a program. */
  @Test
  void aPlanAsJsonKeepsItsTexts() throws Exception {
    Files.writeString(
        folder.resolve("t.csv"), "a\u202Eb,y\n" + "1,2\n2,1\n3,5\n4,4\n5,9\n6,7\n7,3\n".repeat(9));
    Files.writeString(
        experiments.resolve("tiny.json"),
        TINY.replace(
            "{\"kind\": \"digits\"",
            "{\"kind\": \"csv\", \"target\": \"y\", \"task\": \"regression\", \"columns\": [\"a\u202Eb\"], \"file\": "
                + json(folder.resolve("t.csv").toString())));
    List<JsonNode> lines = planned("--only", "none");
    assertNothingEvilIsShown();
    assertThat(lines.get(0).at("/spec/variant/data/columns/0").asText()).isEqualTo("a\u202Eb");
  }

  @Test
  void moreProblemsThanAreCountedAreSaidToBeMore() throws Exception {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 9_999; i++) {
      keys.append("\"k").append(i).append("\": 1, ");
    }
    Path file = experiments.resolve("tiny.json");
    Files.writeString(file, TINY.replaceFirst("\\{", "{" + keys + "\"k\": 1, "));
    assertThat(withFolders("plan", "tiny")).isEqualTo(2);
    assertThat(err).startsWith(file + ": 10000 problems\n").endsWith("\n  and 9950 more\n");
    Files.writeString(file, TINY.replaceFirst("\\{", "{" + keys + "\"k\": 1, \"l\": 1, "));
    assertThat(withFolders("plan", "tiny")).isEqualTo(2);
    assertThat(err)
        .startsWith(file + ": more than 10000 problems\n")
        .endsWith("\n  and more than 9950 more\n");
    assertThat(execute("list", "--experiments", experiments.toString())).isZero();
    assertThat(out).contains("cannot be run, more than 10000 problems; see: plan tiny");
  }

  @Test
  void verboseShowsWhere() {
    assertThat(withFolders("plan", "tinny", "--verbose")).isEqualTo(2);
    assertThat(err).contains("\tat io.shrinklab.experiment.ExperimentFolder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | Which command?",
        "plan                      | Missing required parameter: 'SWEEP'",
        "plan tiny --foo           | Unknown option: '--foo'",
        "plam tiny                 | Did you mean: ",
        "plan tiny --seeds 3..1    | found \"3..1\"; needs ranges of distinct seeds",
        "run tiny --jobs 0         | --jobs: found 0; needs a whole number of at least 1",
        "plan tiny --together      | --together: says how --json prints; give that too",
        "run tiny --ship-data      | --ship-data: needs --spark MASTER",
        "run tiny --shared-results | --shared-results: needs --spark MASTER",
        "run tiny --spark x --ship-data | --ship-data: needs --data-dir, the folder to send",
        "run tiny --jobs x         | Invalid value for option '--jobs'",
        "run tiny --only non       | tiny has no variant \"non\"; did you mean \"none\"? All variants: plan tiny",
        "rerun tiny                | Missing required parameter: 'VARIANT'",
        "compare tiny              | Missing required parameter: 'SWEEP",
        "report tiny --baseline non | tiny has no variant \"non\"; did you mean \"none\"? All variants: plan tiny",
        "compare tiny none non     | tiny has no variant \"non\"; did you mean \"none\"? All variants: plan tiny",
        "compare tiny tinny        | no sweep \"tinny\": neither",
        "rerun tiny l2-weights-1e-4 | tiny has no variant \"l2-weights-1e-4\"; did you mean \"l2-weights-1e-04\"",
        "rerun tiny none --set training.epoch=5 | --set training.epoch: found 5: unknown key; did you mean \"epochs\"",
        "rerun tiny none --set epochs=5 | --set epochs: a path begins with one of data, network",
        "rerun tiny none --seed -1      | seed: found -1: needs a whole number of at least 0",
        "rerun tiny none --seed 18446744073709551621 | Invalid value for option '--seed'",
        "plan tiny --seeds 18446744073709551621 | found \"18446744073709551621\"; needs ranges",
        "plan tiny --seeds 0..18446744073709551621 | needs ranges of distinct seeds",
        "rerun tiny none --set penalty.kind=lp --set penalty.p=1e400 | --set penalty.p: found 1E+400",
        "rerun tiny none --epochs 4294967297 | Invalid value for option '--epochs'",
        "rerun tiny none --set training.epochs=4294967297 | found 4294967297: needs a whole number",
        "rerun tiny none --epochs 0     | --set training.epochs: found 0: needs a whole number from 1",
      })
  void aWrongCommandIsExplainedInAFewLines(String line, String message) {
    String[] words = line.isEmpty() ? new String[0] : line.split(" +", -1);
    int code = words.length < 2 ? execute(words) : withFolders(words);
    assertThat(code).isEqualTo(2);
    assertThat(err).contains(message).doesNotContain("\tat ");
    assertThat(err.lines().count()).isLessThanOrEqualTo(3);
    assertThat(results).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "plan", "run", "rerun", "report", "compare", "schema"})
  void everyCommandHasHelpWithADescription(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out).startsWith("Usage: shrinklab " + command).hasSizeGreaterThan(300);
    assertThat(out.lines()).allMatch(line -> line.length() <= 100);
    assertThat(execute("--help")).isZero();
    assertThat(out).contains("  " + command + " ");
  }

  /** For the option, and for what a file name cannot be in Linux or anywhere. */
  @ParameterizedTest
  @CsvSource({"run,--results", "run,--data-dir", "plan,--results", "plan,--experiments"})
  void aPathThatIsNoneIsRefusedWithWhatIsAllowed(String command, String option) {
    for (String path : new String[] {"", " ", "a\0b", "a\ud800b"}) {
      assertThat(execute(command, "tiny", option, path)).isEqualTo(2);
      assertThat(err)
          .startsWith("Invalid value for option '" + option + "'")
          .contains(
              "found \""
                  + path.replace("\0", "\\u0000").replace("\ud800", "\\ud800")
                  + "\"; a path")
          .doesNotContain("\tat ");
      assertThat(out).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\ud800b", ""})
  void aSweepThatIsNoPathIsRefusedWithWhatIsAllowed(String sweep) {
    assertThat(withFolders("plan", sweep)).isEqualTo(2);
    assertThat(err.lines()).singleElement().asString().startsWith("SWEEP: found \"");
    assertThat(results).doesNotExist();
  }

  @Test
  void schemaPrintsJson() throws Exception {
    assertThat(execute("schema")).isZero();
    ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    assertThat(strict.readTree(out).at("/type").asText()).isEqualTo("object");
    // Maven 3 ends whatever it prints with a terminal's reset sequence, into a file too.
    assertThat(Path.of(".mvn/jvm.config")).content().contains("-Djansi.noreset=true");
  }

  @Test
  void reportOfASweepThatNeverRanSaysWhatToDo() {
    assertThat(withFolders("report", "tiny")).isEqualTo(2);
    assertThat(err)
        .isEqualToNormalizingNewlines(
            "No stored run in "
                + results.resolve("tiny")
                + " matches tiny as it is today. First: run tiny\n");
  }

  @Test
  void aResultsFolderThatCannotBeMadeIsSaidSo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    int code =
        execute(
            "run", "tiny", "--experiments", experiments.toString(), "--results", file.toString());
    assertThat(code).isEqualTo(2);
    assertThat(err)
        .startsWith("Cannot write the results folder " + file.resolve("tiny"))
        .contains("--results");
    assertThat(file).isEmptyFile();
  }

  @Test
  void aBusyResultsFolderIsSaidSoAndLeftAlone() throws Exception {
    try (SweepFolder held = SweepFolder.lock(results, "tiny")) {
      assertThat(withFolders("run", "tiny")).isEqualTo(2);
      assertThat(err)
          .startsWith("The results folder " + held.path() + " is in use by process ")
          .contains("Nothing was changed.");
      assertThat(held.path().resolve("runs")).doesNotExist();
    }
  }

  @Test
  void dataThatAreNotThereAreSaidSoBeforeAnythingIsWritten() throws Exception {
    Files.writeString(experiments.resolve("big.json"), TINY.replace("\"digits\"", "\"mnist\""));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(withFolders("run", "big", "--data-dir", empty.toString())).isEqualTo(2);
    assertThat(err.lines().count()).isEqualTo(1);
    assertThat(err).contains(empty.toString());
    assertThat(results).doesNotExist();
    assertThat(withFolders("rerun", "big", "none", "--data-dir", empty.toString())).isEqualTo(2);
    assertThat(err).contains(empty.toString());
  }
}

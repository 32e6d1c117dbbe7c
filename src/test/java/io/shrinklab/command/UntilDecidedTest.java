package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.results.WritePoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --until-decided}, with workers whose variants all score the same. */
class UntilDecidedTest {
  @TempDir Path root;
  private String out = "";
  private String err = "";

  private int say(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                root.resolve("sweep.json").toString(),
                "--results",
                root.resolve("results").toString()));
    arguments.addAll(List.of(more));
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    int code =
        CommandLineInterface.execute(
            StandInCommand.commands(root, WritePoint.PASS),
            new PrintWriter(toOut, true),
            new PrintWriter(toErr, true),
            arguments.toArray(String[]::new));
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  private List<String> trained() throws Exception {
    try (Stream<String> lines = Files.lines(root.resolve("trained"))) {
      return lines.map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }
  }

  private Path sweep() {
    return root.resolve("results").resolve("sweep");
  }

  private void file(String more) throws Exception {
    Files.writeString(
        root.resolve("sweep.json"),
        """
        {"data": {"kind": "digits", "split": "fixed"}, "network": {"kind": "linear"}, "seeds": 3, %s
         "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2},
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "a", "penalty": {"kind": "weight-decay", "strength": 0.1}}]}
        """
            .formatted(more));
  }

  @Test
  void whatIsEquivalentAtTheFirstLookIsTrainedNoFurther() throws Exception {
    file("\"margin\": 0.01,");

    assertThat(say("run", "--until-decided", "--max-seeds", "12")).isZero();

    assertThat(trained()).hasSize(6);
    assertThat(out).contains("3 seeds: 6 of 6 runs are complete.");
    assertThat(out).contains("Looked at 1 time: after 3 seeds a decided, 0 open.");
    assertThat(out).contains("6 runs were asked for, where 12 seeds for every variant are 24");
    assertThat(Files.readString(sweep().resolve("looks.json")))
        .isEqualToIgnoringNewLines("{\"sizes\":[3,6,12]}");
  }

  @Test
  void whatStaysOpenIsTrainedToTheLastLookAndNothingTwice() throws Exception {
    file("");

    assertThat(say("run", "--until-decided", "--max-seeds", "8")).isZero();

    // Looks after 3, 6 and 8 seeds.
    assertThat(trained()).hasSize(16).contains("a seed 7", "none seed 7").doesNotHaveDuplicates();
    String summary = Files.readString(sweep().resolve("summary.csv"));

    assertThat(say("run", "--until-decided", "--max-seeds", "8")).isZero();
    assertThat(trained()).hasSize(16);

    // A report later knows of the looks; with seeds of its own it is the plain one.
    assertThat(say("report")).isZero();
    assertThat(Files.readString(sweep().resolve("summary.csv"))).isEqualTo(summary);
    assertThat(say("report", "--seeds", "0..2")).isZero();
    assertThat(out).doesNotContain("Looked at");
  }

  @Test
  void anInterruptedSweepGoesOnWhereItWas() throws Exception {
    file("");
    // The first look and a part of the second, as a kill in between leaves them.
    assertThat(say("run", "--seeds", "0..4")).isZero();

    assertThat(say("run", "--until-decided", "--max-seeds", "6")).isZero();

    assertThat(trained()).hasSize(12).doesNotHaveDuplicates();
    assertThat(out).contains("Looked at 2 times");
  }

  @ParameterizedTest
  @CsvSource({
    "--seeds,0..4,leave --seeds and --only away",
    "--only,a,leave --seeds and --only away",
    "--max-seeds,2,found 2; needs at least the 3 seeds of the experiment",
    "--max-seeds,200000,found 200000; needs at most 100000"
  })
  void whatDoesNotFitIsRefusedBeforeAnythingIsTrained(String option, String value, String said)
      throws Exception {
    file("");

    assertThat(say("run", "--until-decided", option, value)).isEqualTo(2);

    assertThat(err).contains(said);
    assertThat(root.resolve("results")).doesNotExist();
  }

  @Test
  void aLimitWithoutLooksIsRefused() throws Exception {
    file("");

    assertThat(say("run", "--max-seeds", "6")).isEqualTo(2);

    assertThat(err).contains("--max-seeds: says how far --until-decided goes");
  }

  @Test
  void tooFewSeedsForAnIntervalAreRefused() throws Exception {
    file("");
    Files.writeString(
        root.resolve("sweep.json"),
        Files.readString(root.resolve("sweep.json")).replace("\"seeds\": 3", "\"seeds\": 2"));

    assertThat(say("run", "--until-decided")).isEqualTo(2);

    assertThat(err).contains("the experiment has 2 seeds; the first look needs at least 3 seeds");
  }

  @ParameterizedTest
  @CsvSource({"{}", "'{\"sizes\":[]}'", "'{\"sizes\":[6,3]}'", "no json"})
  void looksThatNobodyWroteAreNotGuessed(String content) throws Exception {
    file("");
    Files.createDirectories(sweep());
    Files.writeString(sweep().resolve("looks.json"), content);

    assertThat(say("report")).isEqualTo(2);

    assertThat(err).contains("looks.json is not what run --until-decided wrote").contains("Remove");
  }
}

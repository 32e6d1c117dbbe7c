package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import io.shrinklab.testing.ARun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a table whose checksum nobody wrote, and what the commands say when it changes. */
class DataByContentTest {
  private static final String TABLE = "x,y,k\n1,2,a\n2,1,b\n3,4,a\n4,3,b\n5,6,a\n6,5,b\n";
  private static final String OTHER = TABLE.replace("6,5,b", "6,7,b");

  @TempDir private Path root;
  private Path table;
  private Path file;
  private Path results;

  private record Said(int code, String out, String err) {}

  @BeforeEach
  void write() throws Exception {
    table = Files.writeString(root.resolve("t.csv"), TABLE);
    file = experiment("");
    results = root.resolve("results");
  }

  private Path experiment(String checksum) throws IOException {
    return Files.writeString(
        root.resolve("mine.json"),
        """
        {"data": {"kind": "csv", "file": "%s", "target": "k", "train": 2, "validation": 2%s},
         "network": {"kind": "linear"}, "optimizer": {"kind": "sgd", "learningRate": 0.1},
         "training": {"epochs": 2}, "seeds": 3,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
        """
            .formatted(table.toString().replace("\\", "\\\\"), checksum));
  }

  private static String checksum(String text) {
    return "sha256:" + Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What run stores, with what it keeps of the data. */
  private void run(String content) throws Exception {
    Experiment named =
        ExperimentFile.read(file).withData(data -> data.withChecksum(checksum(content)));
    try (SweepFolder folder = SweepFolder.lock(results, "mine", WritePoint.PASS)) {
      folder.keepData(Map.of(table.toString(), checksum(content)));
      for (RunSpec run : named.runs().toList()) {
        store(folder, run, checksum(content).substring("sha256:".length()));
      }
    }
  }

  private static void store(SweepFolder folder, RunSpec run, String dataSha256) throws Exception {
    RunOutcome whole = TestRuns.outcome(run, 1);
    folder.write(
        ARun.of(run)
            .epochs(whole.epochs())
            .layers(whole.layers())
            .dataSha256(dataSha256)
            .best(whole.best())
            .weights(whole.weights())
            .equalRows(whole.equalRows())
            .outcome(),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
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

  private String changed() {
    return "The data changed: %s was %s at the sweep's last run, and is %s now"
        .formatted(table, checksum(TABLE), checksum(OTHER));
  }

  @Test
  void runsAreThoseOfTheWrittenChecksum() throws Exception {
    run(TABLE);
    assertThat(say("plan").out()).endsWith("3 runs done, 0 to run.\n");
    file = experiment(", \"checksum\": \"" + checksum(TABLE) + "\"");
    assertThat(say("plan").out()).endsWith("3 runs done, 0 to run.\n");
  }

  @Test
  void otherRowsAreOtherRunsAndSaidToBe() throws Exception {
    run(TABLE);
    Files.writeString(table, OTHER);
    Said plan = say("plan");
    assertThat(plan.out()).startsWith(changed() + ", which makes other runs.\n");
    assertThat(plan.out()).endsWith("0 runs done, 3 to run.\n");
    Said json = say("plan", "--json");
    assertThat(json.out().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("\"checksum\":\"" + checksum(OTHER) + "\""));
    assertThat(json.err()).startsWith(changed());
  }

  @Test
  void aReportIsAboutTheRunsOfThenWhereverTheDataAre() throws Exception {
    run(TABLE);
    Files.writeString(table, OTHER);
    Said report = say("report");
    assertThat(report.out()).startsWith(changed() + ". This is about the runs of then.\n");
    assertThat(Files.readString(results.resolve("mine/summary.csv"))).contains(",3,3,0,0,0,");
    Files.delete(table);
    assertThat(say("report").out()).doesNotContain("The data changed").contains("Report: ");
    assertThat(say("plan").out()).endsWith("3 runs done, 0 to run.\n");
  }

  @Test
  void whatTheSweepKeptOfItsDataIsProved() throws Exception {
    run(TABLE);
    Path kept = results.resolve("mine/data.json");
    for (String text : List.of("{", "{\"t.csv\": \"sha256:00\"}", "{\"t.csv\": null}", "[]")) {
      Files.writeString(kept, text);
      Said report = say("report");
      assertThat(report.code()).as(text).isEqualTo(ExitCode.WRONG);
      assertThat(report.err()).contains(kept + " is not what run wrote: ");
    }
  }

  /** As earlier versions stored them, to which any MNIST was the published one. */
  @Test
  void aRunOfOtherRowsUnderTheSameNameIsDoneAgain() throws Exception {
    RunSpec run = published(new DataSpec.Mnist(null, Rows.of(1), DataSpec.Split.FIXED, 0, ""), 0);
    try (SweepFolder folder = SweepFolder.lock(results, "old", WritePoint.PASS)) {
      store(folder, run, "1".repeat(64));
      assertThat(folder.read(run).missing()).isTrue();
      assertThat(folder.read(run).detail())
          .contains("it was trained on other data, sha256 " + "1".repeat(64));
      store(folder, run, "69bd15132a70501a55ccc9cf0d3ffb3de973edb9ec353720cf437f8d199393c7");
      assertThat(folder.read(run).missing()).isFalse();
    }
  }

  @Test
  void twoDataSetsAreNeverAveraged() throws Exception {
    DataSpec fashion = new DataSpec.FashionMnist(null, Rows.of(1), DataSpec.Split.FIXED, 0, "");
    try (SweepFolder folder = SweepFolder.lock(results, "old", WritePoint.PASS)) {
      for (long seed = 0; seed < 3; seed++) {
        store(folder, published(fashion, seed), (seed == 1 ? "1" : "2").repeat(64));
      }
      Experiment old =
          new Experiment(
              "old", "", List.of(0L, 1L, 2L), "none", List.of(published(fashion, 0).variant()));
      assertThat(SweepReport.stored(old, folder).records())
          .extracting(record -> record.spec().seed())
          .containsExactly(0L, 2L);
      assertThat(SweepReport.stored(old, folder).lost())
          .singleElement()
          .satisfies(
              lost -> assertThat(lost.toString()).contains("trained on other data than most"));
    }
  }

  private RunSpec published(DataSpec data, long seed) throws Exception {
    RunSpec any = ExperimentFile.read(file).runs().findFirst().orElseThrow();
    return new RunSpec(any.variant().withData(data), seed);
  }
}

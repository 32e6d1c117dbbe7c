package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.results.WritePoint;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} with {@code --only} and {@code --seeds}, again and again in one folder. */
class ResumedSelectionTest {
  @TempDir Path root;

  /** Runs, and gives back what was trained, as workers remember it. */
  private List<String> trainedBy(String... selection) throws Exception {
    Path trained = root.resolve("trained");
    long before = Files.exists(trained) ? Files.readAllLines(trained).size() : 0;
    List<String> arguments = new ArrayList<>(List.of("run", root.resolve("sweep.json").toString()));
    arguments.addAll(List.of("--results", root.resolve("results").toString(), "--jobs", "1"));
    arguments.addAll(List.of(selection));
    int code =
        CommandLineInterface.execute(
            StandInCommand.commands(root, WritePoint.PASS),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments.toArray(String[]::new));
    assertThat(code).isZero();
    String sweep = root.resolve("results").resolve("sweep") + " ";
    try (Stream<String> lines = Files.lines(trained)) {
      return lines.skip(before).map(line -> line.replace(sweep, "")).toList();
    }
  }

  @Test
  void eachCommandTrainsWhatItIsAskedForAndNothingTwice() throws Exception {
    Files.writeString(
        root.resolve("sweep.json"),
        """
        {"data": {"kind": "digits"}, "network": {"kind": "linear"},
         "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 3}, "seeds": 2,
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "a", "penalty": {"kind": "weight-decay", "strength": 0.1}},
                      {"name": "b", "penalty": {"kind": "weight-decay", "strength": 0.2}}]}
        """);
    assertThat(trainedBy("--only", "a", "--seeds", "1")).containsExactly("a seed 1");
    Path sweep = root.resolve("results").resolve("sweep");
    FinishedRuns finished = FinishedRuns.of(sweep, root);
    assertThat(finished.count()).isEqualTo(1);
    // A seed that the file does not have.
    assertThat(trainedBy("--only", "a", "--only", "b", "--seeds", "0,7"))
        .containsExactlyInAnyOrder("a seed 0", "a seed 7", "b seed 0", "b seed 7");
    assertThat(trainedBy()).containsExactlyInAnyOrder("none seed 0", "none seed 1", "b seed 1");
    finished.assertKept("two commands later");
  }
}

package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.results.WritePoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the virtual machine throws when something runs out ends in a line at the command's door. */
class ShortageTest {
  private static final String TINY =
      """
      {"description": "Is it there?",
       "data": {"kind": "digits"}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1},
       "training": {"epochs": 2}, "seeds": 3,
       "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
      """;

  @TempDir private Path folder;
  private Path results;
  private String out = "";
  private String err = "";

  @BeforeEach
  void file() throws Exception {
    results = folder.resolve("results");
    Files.writeString(folder.resolve("tiny.json"), TINY);
  }

  private int execute(Object command, String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    CommandLine.IFactory commands =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type.isInstance(command)
                ? type.cast(command)
                : CommandLine.defaultFactory().create(type);
          }
        };
    int code =
        CommandLineInterface.execute(
            commands, new PrintWriter(toOut, true), new PrintWriter(toErr, true), arguments);
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  private int run(Supplier<Throwable> thrown, String... more) {
    RunCommand command =
        new RunCommand(
            options -> {
              if (thrown.get() instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) thrown.get();
            },
            WritePoint.PASS);
    List<String> arguments =
        new ArrayList<>(List.of("run", "tiny", "--experiments", folder.toString()));
    arguments.addAll(List.of("--results", results.toString()));
    arguments.addAll(List.of(more));
    return execute(command, arguments.toArray(String[]::new));
  }

  @Test
  void memoryThatRunsOutIsALineThatSaysHowToGetMore() {
    assertThat(run(() -> new OutOfMemoryError("Java heap space"))).isEqualTo(2);
    assertThat(err.lines())
        .singleElement()
        .asString()
        .startsWith("Out of memory (Java heap space): this process may take ")
        .contains("MAVEN_OPTS=-Xmx4g");
    assertThat(results).doesNotExist();
  }

  @Test
  void memoryThatRunsOutWithinAnotherExceptionIsFound() {
    assertThat(run(() -> new IllegalStateException(new OutOfMemoryError("Map failed"))))
        .isEqualTo(2);
    assertThat(err.lines()).singleElement().asString().startsWith("Out of memory (Map failed)");
  }

  @Test
  void threadsThatRunOutAreNoQuestionOfTheHeap() {
    assertThat(run(() -> new OutOfMemoryError("unable to create native thread"))).isEqualTo(2);
    assertThat(err.lines()).singleElement().asString().contains("ulimit -u");
    assertThat(err).doesNotContain("-Xmx");
  }

  @Test
  void aStackThatRunsOutIsAMistakeInTheProgram() {
    assertThat(run(StackOverflowError::new)).isEqualTo(1);
    assertThat(err.lines())
        .singleElement()
        .asString()
        .startsWith("Internal error: the stack ran out.")
        .contains("--verbose", "MAVEN_OPTS=-Xss");
  }

  @Test
  void anyOtherErrorIsAMistakeInTheProgramWithoutATrace() {
    assertThat(run(() -> new NoClassDefFoundError("a/B"))).isEqualTo(1);
    assertThat(err).startsWith("Internal error: java.lang.NoClassDefFoundError: a/B");
    assertThat(err).doesNotContain("\tat ");
  }

  @Test
  void verboseShowsWhereItRanOut() {
    assertThat(run(() -> new OutOfMemoryError("Java heap space"), "--verbose")).isEqualTo(2);
    assertThat(err).startsWith("Out of memory").contains("\tat io.shrinklab.command.ShortageTest");
  }

  private int list(Supplier<Throwable> thrown) throws Exception {
    Files.writeString(folder.resolve("greedy.json"), TINY);
    ListCommand command =
        new ListCommand(
            file -> {
              if (file.endsWith("tiny.json")) {
                return ExperimentFile.read(file);
              }
              if (thrown.get() instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) thrown.get();
            });
    return execute(command, "list", "--experiments", folder.toString());
  }

  @Test
  void listShowsTheOtherFilesWhateverOneDoesToTheProgram() throws Exception {
    String table =
        """
        SWEEP   RUNS  QUESTION
        greedy     -  cannot be run; see: plan greedy
        tiny       3  Is it there?
        """;
    assertThat(list(() -> new OutOfMemoryError("Java heap space"))).isEqualTo(2);
    assertThat(out).isEqualToNormalizingNewlines(table);
    assertThat(err).startsWith(folder.resolve("greedy.json") + ": Out of memory (");
    assertThat(list(StackOverflowError::new)).isEqualTo(1);
    assertThat(out).isEqualToNormalizingNewlines(table);
    assertThat(list(() -> new IllegalStateException("no"))).isEqualTo(1);
    assertThat(out).isEqualToNormalizingNewlines(table);
    assertThat(err)
        .startsWith(folder.resolve("greedy.json") + ": Internal error: ")
        .doesNotContain("\tat ");
  }
}

package io.shrinklab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.outcome.RunFailure;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is given away in one folder and stored in another, as it was or as it was not. */
class ReceivedRunTest {
  private static final RunSpec RUN = TestRuns.spec("a", 0.1, 0);
  private static final RunSpec OTHER = TestRuns.spec("b", 0.2, 0);

  @TempDir Path root;

  private SweepFolder there;
  private SweepFolder here;
  private Map<String, byte[]> files;
  private Map<String, byte[]> others;

  @BeforeEach
  void aRunIsTaken() throws Exception {
    there = SweepFolder.open(root.resolve("there"), "demo");
    here = SweepFolder.open(root.resolve("here"), "demo");
    files = taken(RUN);
    others = taken(OTHER);
  }

  private Map<String, byte[]> taken(RunSpec run) throws ResultsException {
    there.write(
        TestRuns.outcome(run, 0),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        out -> out.write("said".getBytes(StandardCharsets.UTF_8)));
    return new HashMap<>(there.take(run));
  }

  @Test
  void whatIsTakenIsGoneAndWhatIsReceivedIsTheSame() throws Exception {
    assertThat(there.read(RUN).state()).isEqualTo(RunState.ABSENT);
    assertThat(files(root.resolve("there"))).isEmpty();
    assertThatThrownBy(() -> there.take(RUN)).isInstanceOf(ResultsException.class);
    assertThat(here.receive(RUN, files).state()).isEqualTo(RunState.COMPLETE);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(here.path(RUN).resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "weights.npz has 6 bytes instead of",
            (files, others) -> files.put("weights.npz", bytes("others"))),
        fault("layers.csv", (files, others) -> files.remove("layers.csv")),
        fault(
            "run.json has no checksum of predictions.npz",
            (files, others) -> files.put("predictions.npz", bytes("x"))),
        fault("\"notes.txt\" is no file", (files, others) -> files.put("notes.txt", bytes("x"))),
        fault("is no file", (files, others) -> files.put("../../../../evil", bytes("x"))),
        fault("is no file", (files, others) -> files.put("/evil", bytes("x"))),
        fault("run.json is of the run", (files, others) -> files.putAll(others)),
        fault("run.json", (files, others) -> files.put("run.json", bytes("{}"))),
        fault("run.json", (files, others) -> files.remove("run.json")),
        fault("run.json", (files, others) -> files.clear()));
  }

  private static Arguments fault(
      String said, BiConsumer<Map<String, byte[]>, Map<String, byte[]>> makes) {
    return Arguments.of(said, makes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatIsNotTheRunIsNotStored(
      String said, BiConsumer<Map<String, byte[]>, Map<String, byte[]>> makes) throws Exception {
    makes.accept(files, others);
    StoredRun received = here.receive(RUN, files);
    assertThat(received.state()).isEqualTo(RunState.DAMAGED);
    assertThat(received.detail()).contains(said);
    assertThat(here.read(RUN).missing()).isTrue();
    assertThat(files(root)).isEmpty();
  }

  @Test
  void aFailureIsNoRunToStore() throws Exception {
    there.write(
        new RunFailure(RUN, "no luck", List.of()),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        out -> {});
    StoredRun received = here.receive(RUN, there.take(RUN));
    assertThat(received.state()).isEqualTo(RunState.DAMAGED);
    assertThat(files(root)).isEmpty();
  }

  @Test
  void aCompleteRunStaysAsItIs() throws Exception {
    here.receive(RUN, files);
    Map<String, byte[]> later = taken(RUN);
    assertThat(here.receive(RUN, later).state()).isEqualTo(RunState.COMPLETE);
    assertThat(here.path(RUN).resolve("run.json")).hasBinaryContent(files.get("run.json"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}

package io.shrinklab.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.export.EventReader.Message;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read back byte by byte. */
class TensorBoardExportTest {
  private static final RunSpec FIRST = TestRuns.spec("first", 0.5, 0);
  private static final RunSpec SECOND = TestRuns.spec("second", 0.25, 3);
  private static final String FILE = "events.out.tfevents.0000000000.shrinklab";

  /** 2024-05-06T07:08:09Z. */
  private static final double STARTED = 1714979289;

  @TempDir private Path temporary;
  private Path events;
  private SweepFolder folder;

  @BeforeEach
  void store() throws Exception {
    events = temporary.resolve("events");
    folder = SweepFolder.open(temporary.resolve("results"), "sweep");
    TestRuns.store(folder, FIRST);
    TestRuns.store(folder, SECOND);
  }

  private ExportedSweep sweep(RunSpec... runs) {
    return new ExportedSweep(
        "sweep",
        "",
        Stream.of(runs).map(run -> folder.read(run).record().orElseThrow()).toList(),
        folder,
        List.of());
  }

  private List<Message> events(String run) throws Exception {
    return EventReader.events(Files.readAllBytes(events.resolve(run).resolve(FILE)));
  }

  /** The values of an event, by their tags. */
  private static Message value(Message event, String tag) {
    return event.message(5).messages(1).stream()
        .filter(value -> value.text(1).equals(tag))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + tag));
  }

  @Test
  void checksumsAreThoseOfTensorFlow() {
    // The check value of CRC-32C in the catalogues, 0xe3069283, masked by hand.
    byte[] text = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(EventFile.checksum(text)).isEqualTo(0xc78ab0e5);
    // Event files of TensorFlow's begin with a record of 24 bytes, and so with these twelve.
    assertThat(EventFile.checksum(new byte[] {24, 0, 0, 0, 0, 0, 0, 0})).isEqualTo(0x224b7fa3);
  }

  @Test
  void anEventForEachEpochHasItsMetrics() throws Exception {
    assertThat(TensorBoardExport.write(sweep(FIRST, SECOND), events))
        .isEqualTo(new TensorBoardExport.Done(2, 0));

    List<Message> read = events("sweep/second/seed-3");
    // Version, beginning and end, three epochs, the best one.
    assertThat(read).hasSize(6);
    assertThat(read.get(0).get(1)).isEqualTo(STARTED);
    assertThat(read.get(0).text(3)).isEqualTo("brain.Event:2");
    assertThat(read.get(0).message(10).text(1)).isEqualTo("shrinklab");
    // x = 1 / (epoch + seed + 2), and each epoch takes a second of the run's one and a half.
    Message second = read.get(3);
    assertThat(second.get(1)).isEqualTo(STARTED + 1.5);
    assertThat(second.get(2)).isEqualTo(2L);
    assertThat(value(second, "train_loss").get(2)).isEqualTo((float) (1 / 7.0));
    assertThat(value(second, "val_loss").get(2)).isEqualTo((float) (1.25 / 7));
    assertThat(value(second, "gradient_ratio").get(2)).isEqualTo(Float.NaN);
    assertThat(second.message(5).messages(1).stream().map(value -> value.text(1)))
        .doesNotContain("val_accuracy");
    Message best = read.get(5);
    assertThat(best.get(2)).isEqualTo(3L);
    assertThat(value(best, "best_val_score").get(2)).isEqualTo(0.9f);
  }

  @Test
  void aHistogramHasTheLayersCounts() throws Exception {
    TensorBoardExport.write(sweep(FIRST), events);
    Message histogram =
        value(events("sweep/first/seed-0").get(2), "weights/dense, \"1\"").message(5);
    assertThat(histogram.get(1)).isEqualTo(-1.5);
    assertThat(histogram.get(2)).isEqualTo(1.5);
    assertThat(histogram.get(3)).isEqualTo(640.0);
    assertThat(histogram.doubles(7))
        .isEqualTo(IntStream.rangeClosed(0, 40).mapToObj(Double::valueOf).toList());
    // 41 bins of 3 / 41 from -1.5 to 1.5; zero is in the middle of the 21st.
    List<Double> upper = histogram.doubles(6);
    assertThat(upper).hasSize(41).isSorted();
    assertThat(upper.get(0)).isCloseTo(-1.5 + 3.0 / 41, within(1e-12));
    assertThat(upper.get(19)).isCloseTo(-1.5 / 41, within(1e-12));
    assertThat(upper.get(20)).isCloseTo(1.5 / 41, within(1e-12));
    assertThat(upper.get(40)).isEqualTo(1.5);
  }

  @Test
  void hyperparametersAreWhatDiffersAndTheScoreIsTheMetric() throws Exception {
    TensorBoardExport.write(sweep(FIRST, SECOND), events);

    Message columns = value(events("sweep").get(1), "_hparams_/experiment");
    assertThat(columns.message(9).message(1).text(1)).isEqualTo("hparams");
    Message experiment = columns.message(9).message(1).message(2).message(2);
    assertThat(experiment.messages(4).stream().map(column -> column.text(1) + " " + column.get(4)))
        // 1 is a string, 3 a number.
        .containsExactly("variant 1", "penalty.strength 3");
    assertThat(
            experiment.messages(4).get(1).message(5).messages(1).stream().map(each -> each.get(2)))
        .containsExactly(0.25, 0.5);
    assertThat(experiment.messages(5).get(0).message(1).text(2)).isEqualTo("best_val_score");

    Message session = events("sweep/second/seed-3").get(1);
    Message start =
        value(session, "_hparams_/session_start_info").message(9).message(1).message(2).message(3);
    Map<String, Message> hparams = new TreeMap<>();
    start.messages(1).forEach(entry -> hparams.put(entry.text(1), entry.message(2)));
    assertThat(hparams).containsOnlyKeys("variant", "penalty.strength");
    assertThat(hparams.get("variant").text(3)).isEqualTo("second");
    assertThat(hparams.get("penalty.strength").get(2)).isEqualTo(0.25);
    assertThat(start.text(4)).isEqualTo("second (sweep)");
    assertThat(status(session)).isEqualTo(1L);
  }

  private static Object status(Message session) {
    return value(session, "_hparams_/session_end_info")
        .message(9)
        .message(1)
        .message(2)
        .message(4)
        .get(1);
  }

  @Test
  void runsThatFailedOrDivergedEnterNoMean() throws Exception {
    RunSpec diverged = TestRuns.spec("first", 0.5, 1);
    RunSpec failed = TestRuns.spec("first", 0.5, 2);
    folder.write(
        ARun.of(diverged)
            .ended(RunStatus.DIVERGED, "loss is NaN")
            .epochs(List.of(TestRuns.epoch(1, 1, 1)))
            .tested(row -> 0.5, row -> 0.5)
            .outcome(),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
    folder.write(
        new RunFailure(failed, "killed", List.of()),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));

    TensorBoardExport.write(sweep(FIRST, diverged, failed), events);

    // Version, beginning and end, and the one epoch.
    assertThat(events("sweep/first/seed-1")).hasSize(3);
    assertThat(status(events("sweep/first/seed-1").get(1))).isEqualTo(2L);
    assertThat(events("sweep/first/seed-2")).hasSize(2);
    assertThat(status(events("sweep/first/seed-2").get(1))).isEqualTo(2L);
  }

  @Test
  void aSecondExportChangesNothingAndOneOfAnotherRunItsOwnFileAlone() throws Exception {
    RunSpec third = TestRuns.spec("first", 0.5, 7);
    folder.write(
        new RunFailure(third, "killed", List.of()),
        TestRuns.ENVIRONMENT,
        TestRuns.STARTED,
        TestRuns.ENDED,
        TestRuns.text("log"));
    TensorBoardExport.write(sweep(FIRST, third, SECOND), events);
    Files.writeString(events.resolve("sweep/first/seed-7/notes.txt"), "mine");
    Files.writeString(events.resolve("sweep/first/events.out.tfevents.1.host"), "another's");
    Map<String, String> before = Tree.of(events);
    List<Object> written = times();

    assertThat(TensorBoardExport.write(sweep(FIRST, third, SECOND), events))
        .isEqualTo(new TensorBoardExport.Done(0, 3));
    assertThat(Tree.of(events)).isEqualTo(before);
    assertThat(times()).isEqualTo(written);

    TestRuns.store(folder, third);
    assertThat(TensorBoardExport.write(sweep(FIRST, third, SECOND), events))
        .isEqualTo(new TensorBoardExport.Done(1, 2));
    assertThat(events("sweep/first/seed-7")).hasSize(6);
    Map<String, String> after = Tree.of(events);
    String replaced = Path.of("sweep", "first", "seed-7", FILE).toString();
    assertThat(after.remove(replaced)).isNotEqualTo(before.remove(replaced));
    assertThat(after).isEqualTo(before);
  }

  private List<Object> times() throws Exception {
    try (Stream<Path> files = Files.walk(events)) {
      List<Object> times = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        times.add(Files.getLastModifiedTime(file));
      }
      return times;
    }
  }

  @Test
  void whatAKilledExportLeftIsReplaced() throws Exception {
    TensorBoardExport.write(sweep(FIRST), events);
    Map<String, String> whole = Tree.of(events);
    Path run = events.resolve("sweep/first/seed-0");
    Files.move(run.resolve(FILE), run.resolve(".shrinklab.incomplete"));
    Files.writeString(run.resolve(".shrinklab.incomplete"), "half");

    TensorBoardExport.write(sweep(FIRST), events);

    assertThat(Tree.of(events)).isEqualTo(whole);
  }

  @Test
  void anothersFileOfThatNameIsNotReplaced() throws Exception {
    Path file = Files.createDirectories(events.resolve("sweep/first/seed-0")).resolve(FILE);
    Files.writeString(file, "another's");
    assertThatThrownBy(() -> TensorBoardExport.write(sweep(FIRST), events))
        .isInstanceOf(ExportException.class)
        .hasMessage(
            file
                + " is no file that this program wrote, and stays as it is. Move it away, or choose"
                + " another folder with --tensorboard.");
    assertThat(file).hasContent("another's");
  }

  @Test
  void noLinkIsWrittenThrough() throws Exception {
    Path elsewhere = temporary.resolve("elsewhere");
    Files.writeString(elsewhere, "mine");
    for (String name : List.of(FILE, ".shrinklab.incomplete")) {
      Path into = temporary.resolve("linked-" + name.length());
      Path link = Files.createDirectories(into.resolve("sweep/first/seed-0")).resolve(name);
      Files.createSymbolicLink(link, elsewhere);
      assertThatThrownBy(() -> TensorBoardExport.write(sweep(FIRST), into))
          .isInstanceOf(ExportException.class)
          .hasMessageStartingWith(link.toString());
      assertThat(elsewhere).hasContent("mine");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Files.writeString(events, "a file");
    assertThatThrownBy(() -> TensorBoardExport.write(sweep(FIRST), events))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith("Cannot write " + events.resolve("sweep").resolve(FILE) + ": ")
        .hasMessageContaining("choose another folder with --tensorboard");
  }
}

package io.shrinklab.results;

import static io.shrinklab.results.TestRuns.ENDED;
import static io.shrinklab.results.TestRuns.ENVIRONMENT;
import static io.shrinklab.results.TestRuns.STARTED;
import static io.shrinklab.results.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Results folders with things in them that this program did not make, or that lead out of them: all
 * of it is there afterwards, byte for byte, and so is all that is outside.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
class NothingForeignIsTouchedTest {
  private static final String STAYS =
      " stays: this program did not make it, or not all in it. Move that away";

  @TempDir Path root;
  private Path results;

  /** Beside the results: nothing in it may ever change. */
  private Path outside;

  private final RunSpec spec = TestRuns.spec("decay", 0.02, 3);
  private Path sweep;
  private Map<String, String> before;

  @BeforeEach
  void strangers() throws IOException {
    results = Files.createDirectory(root.resolve("results"));
    outside = Files.createDirectory(root.resolve("outside"));
    sweep = results.resolve("demo");
    Files.writeString(outside.resolve("secret.txt"), "keep me");
    Files.writeString(Files.createDirectory(outside.resolve("folder")).resolve("a.csv"), "1,2\n");
    Files.createDirectory(outside.resolve("empty"));
    before = Tree.of(outside);
  }

  private void assertOutsideIsAsBefore() throws IOException {
    assertThat(Tree.of(outside)).isEqualTo(before);
  }

  private SweepFolder stored() throws ResultsException {
    SweepFolder folder = SweepFolder.open(results, "demo");
    TestRuns.store(folder, spec);
    return folder;
  }

  private static Path folder(Path place, String... files) throws IOException {
    Files.createDirectories(place);
    for (String file : files) {
      Files.writeString(place.resolve(file), "some " + file);
    }
    return place;
  }

  private List<String> clean(String name) throws ResultsException {
    try (SweepFolder folder = SweepFolder.lock(results, name)) {
      List<String> notices = folder.clean();
      folder.clearLogs();
      return notices;
    }
  }

  @Test
  void onlyWhatCarriesAWholeMarkOfOursAtItsPlaceIsRemoved() throws Exception {
    stored();
    Path decay = sweep.resolve("runs/decay");
    String run = "seed-3-9f2c41d0";
    Files.createFile(sweep.resolve(".lock"));
    // Not our names, though they hold our marks.
    folder(sweep, "notes.incomplete-draft.txt", "mine.txt.incomplete-1a2b3c4d");
    folder(sweep, "report.html.incomplete-1a2b3c4d.bak", "report.html.incomplete-1A2B3C4D");
    folder(sweep, "report.html.replaced-1a2b3c4d", "report.html.incomplete-1a2b3c4");
    folder(sweep.resolve("charts"), "summary.csv.incomplete-1a2b3c4d", "My Loss.png");
    folder(sweep.resolve("runs/l2.incomplete-1").resolve(run), "run.json", "metrics.csv");
    folder(sweep.resolve("runs/l2.replaced-1a2b3c4d").resolve(run), "run.json");
    folder(decay.resolve(run + ".incomplete-1a2b3c4"), "run.json");
    folder(decay.resolve(run + ".incomplete-1a2b3c4d5"), "run.json");
    folder(decay.resolve(run + ".incomplete-1a2b3c4d-copy"), "run.json");
    folder(decay.resolve(run + ".incomplete-1a2b3c4g"), "run.json");
    folder(decay.resolve("seed-x-9f2c41d0.incomplete-1a2b3c4d"), "run.json");
    folder(decay.resolve("old-" + run + ".replaced-1a2b3c4d"), "run.json");
    // Our names at places where we make none.
    folder(sweep.resolve(run + ".incomplete-1a2b3c4d"), "run.json");
    folder(sweep.resolve("runs").resolve(run + ".incomplete-1a2b3c4d"), "run.json");
    folder(decay.resolve("deeper").resolve(run + ".incomplete-1a2b3c4d"), "run.json");
    folder(sweep.resolve("mine/decay").resolve(run + ".replaced-1a2b3c4d"), "run.json");
    folder(decay, run + ".incomplete-0a2b3c4d");
    folder(sweep.resolve("report.html.incomplete-aaaaaaaa"), "x");
    Files.createSymbolicLink(
        decay.resolve(run + ".incomplete-1a2b3c4e"), outside.resolve("folder"));
    Files.createSymbolicLink(
        sweep.resolve("report.html.incomplete-bbbbbbbb"), outside.resolve("secret.txt"));
    Map<String, String> expected = Tree.of(results);
    // And these are ours.
    folder(decay.resolve(run + ".incomplete-1a2b3c4d"), "metrics.csv", "weights.npz");
    folder(decay.resolve(run + ".replaced-00000000"), "run.json", "run.log", "layers.csv");
    folder(sweep.resolve("runs/gone").resolve(run + ".incomplete-1a2b3c4d"));
    expected.put("demo/runs/gone", "folder");
    folder(sweep, "report.html.incomplete-1a2b3c4d", "summary.md.incomplete-1a2b3c4d");
    folder(sweep.resolve("charts"), "loss-over-epochs.png.incomplete-1a2b3c4d");
    folder(sweep.resolve("steps"), "l2-seed-3.csv.incomplete-1a2b3c4d");
    expected.put("demo/steps", "folder");
    folder(sweep.resolve("worker-logs"), "worker-1.log", "crash-4711.log");

    assertThat(clean("demo"))
        .containsExactlyInAnyOrder(
            decay.resolve(run + ".incomplete-0a2b3c4d") + STAYS,
            decay.resolve(run + ".incomplete-1a2b3c4e") + STAYS);

    assertThat(Tree.of(results)).isEqualTo(expected);
    assertOutsideIsAsBefore();
  }

  /** Names that the reader of experiments refuses; folders of them may be left from before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.replaced-relu",
        "net.incomplete-1",
        "net.incomplete-1a2b3c4d",
        "seed-3-9f2c41d0.incomplete-1a2b3c4d",
        "report.html.incomplete-1a2b3c4d"
      })
  void aSweepWithAMarkInItsNameKeepsAllItHolds(String name) throws Exception {
    assertThat(FolderName.isSafe(name)).isFalse();
    SweepFolder folder = SweepFolder.open(results, name);
    RunSpec marked = TestRuns.spec(name, 0.02, 3);
    TestRuns.store(folder, spec);
    TestRuns.store(folder, marked);
    folder.publish("report.html", text("page"));
    Files.createFile(folder.path().resolve(".lock"));
    Map<String, String> stored = Tree.of(results);

    clean(name);

    assertThat(Tree.of(results)).isEqualTo(stored);
    assertThat(folder.read(marked).state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void whatOthersPutIntoALeftoverStaysAndIsTold() throws Exception {
    Path leftover = sweep.resolve("runs/decay/seed-3-9f2c41d0.incomplete-1a2b3c4d");
    folder(leftover, "metrics.csv", "notes.txt", "run.json.bak");
    folder(leftover.resolve("weights.npz"), "inner.txt");
    Files.createSymbolicLink(leftover.resolve("run.log"), outside.resolve("secret.txt"));
    folder(sweep.resolve("worker-logs"), "worker-1.log", "worker-1.log.mine", "notes.txt");

    assertThat(clean("demo")).singleElement().asString().isEqualTo(leftover + STAYS);

    assertThat(Tree.of(leftover))
        .containsOnlyKeys(
            "", "notes.txt", "run.json.bak", "run.log", "weights.npz", "weights.npz/inner.txt");
    assertThat(Tree.of(sweep.resolve("worker-logs")))
        .containsOnlyKeys("", "notes.txt", "worker-1.log.mine");
    assertOutsideIsAsBefore();
  }

  @Test
  void whatOthersPutIntoARunThatIsDoneAgainStays() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    folder.write(
        new RunFailure(spec, "no memory", List.of()), ENVIRONMENT, STARTED, ENDED, text(""));
    Files.writeString(folder.path(spec).resolve("notes.txt"), "why did it fail?");

    TestRuns.store(folder, spec);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
    assertThat(Tree.of(sweep.resolve("runs/decay")).keySet())
        .filteredOn(name -> name.contains(".replaced-"))
        .hasSize(2)
        .anyMatch(name -> name.matches(".*\\.replaced-[0-9a-f]{8}/notes\\.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../stolen.txt",
        "../metrics.csv",
        "/etc/hostname",
        "sub/metrics.csv",
        "./metrics.csv",
        "metrics.csv/",
        "METRICS.CSV",
        "..",
        ".",
        "",
        "run.json",
        "notes.txt",
        "C:\\x",
        "a\u0000b"
      })
  void aNameInRunJsonThatIsNoFileOfARunLeadsNowhere(String name) throws Exception {
    SweepFolder folder = stored();
    Path run = folder.path(spec);
    Files.writeString(run.resolve("notes.txt"), "notes");
    TestRuns.forge(
        run,
        document -> {
          ObjectNode files = (ObjectNode) document.get("files");
          files.set(name, files.get("metrics.csv").deepCopy());
        });
    Map<String, String> stored = Tree.of(results);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(spec).detail()).startsWith(run + ": run.json");
    RunSpec renamed = TestRuns.spec("other", 0.02, 3);
    assertThat(SweepFolder.open(results, "second").copy(renamed, run)).isFalse();

    assertThat(Tree.of(results)).isEqualTo(stored);
    assertOutsideIsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.json",
        "metrics.csv",
        "layers.csv",
        "weights.npz",
        "run.log",
        "coefficients.csv"
      })
  void aLinkInThePlaceOfARunsFileIsDamageEvenIfItLeadsToTheSameBytes(String file) throws Exception {
    SweepFolder folder = stored();
    Path place = folder.path(spec).resolve(file);
    Path moved = Files.move(place, outside.resolve(file));
    Files.createSymbolicLink(place, moved);
    before = Tree.of(outside);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(spec).detail()).contains(file + " is a link");
    RunSpec renamed = TestRuns.spec("other", 0.02, 3);
    assertThat(SweepFolder.open(results, "second").copy(renamed, folder.path(spec))).isFalse();
    TestRuns.store(folder, spec);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
    assertOutsideIsAsBefore();
  }

  /** From the sweep's folder down to the run's; a link to an empty folder and to a full one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "runs", "runs/decay", "run"})
  void aLinkOnTheWayToARunIsNotFollowed(String where) throws Exception {
    SweepFolder folder = stored();
    Path run = folder.path(spec);
    Path place = where.equals("run") ? run : sweep.resolve(where);
    Path moved = Files.move(place, outside.resolve("moved"));
    for (Path target : List.of(moved, outside.resolve("empty"), outside.resolve("nowhere"))) {
      Files.deleteIfExists(place);
      Files.createSymbolicLink(place, target);
      before = Tree.of(outside);
      Map<String, String> stored = Tree.of(results);

      if (where.isEmpty() || where.equals("runs")) {
        assertThatThrownBy(folder::requireReadable)
            .isInstanceOf(ResultsException.class)
            .hasMessageContaining(place + ": a link is in the place of a folder");
      } else {
        assertThat(folder.read(spec).state()).isEqualTo(RunState.UNREADABLE);
        assertThat(folder.read(spec).detail())
            .contains(place + ": a link is in the place of a folder");
        assertThat(folder.exists(spec)).isFalse();
      }
      assertThat(StoredRuns.under(results).candidates(spec)).isEmpty();
      assertThat(
              SweepFolder.open(results, "second")
                  .copy(TestRuns.spec("other", 0.02, 3), folder.path(spec)))
          .isFalse();
      assertThatThrownBy(() -> TestRuns.store(folder, spec))
          .isInstanceOf(ResultsException.class)
          .hasMessageContaining("a link is in the place of a folder");
      if (where.isEmpty() || where.equals("runs")) {
        assertThatThrownBy(() -> clean("demo")).isInstanceOf(ResultsException.class);
      }

      assertThat(Tree.of(results)).isEqualTo(stored);
      assertOutsideIsAsBefore();
    }
  }

  /** Where someone's results are on another disk. */
  @Test
  void aResultsRootThatIsALinkIsFine() throws Exception {
    Path root = Files.createSymbolicLink(results.resolve("link"), outside.resolve("folder"));
    try (SweepFolder folder = SweepFolder.lock(root, "demo")) {
      assertThat(folder.clean()).isEmpty();
      TestRuns.store(folder, spec);
      folder.publish("charts/loss.png", text("png"));
      assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
      assertThat(folder.path(spec).toRealPath()).startsWith(outside.toRealPath());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"charts", "steps", "report.html", "summary.csv", "charts/loss.png"})
  void aReportIsNotWrittenThroughALink(String where) throws Exception {
    SweepFolder folder = stored();
    Path place = sweep.resolve(where);
    boolean inside = !where.contains(".");
    Files.createDirectories(place.resolveSibling("."));
    Files.createSymbolicLink(place, outside.resolve(inside ? "folder" : "secret.txt"));
    Map<String, String> stored = Tree.of(results);
    String file = where.equals("steps") ? "steps/l2-seed-3.csv" : "charts/loss.png";

    assertThatThrownBy(() -> folder.publish(inside ? file : where, text("new")))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(place + ": a link is in the place of a f");

    assertThat(Tree.of(results)).isEqualTo(stored);
    assertOutsideIsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notes.html",
        ".lock",
        "charts/../report.html",
        "charts/a/b.png",
        "charts/x.exe",
        "/tmp/report.html",
        "worker-logs/worker-1.log",
        "report.html.incomplete-1a2b3c4d",
        "steps/../runs/x-seed-3.csv",
        "steps/x-seed-3-layers.html"
      })
  void aReportHasKnownPlacesAlone(String file) throws Exception {
    SweepFolder folder = stored();
    Map<String, String> stored = Tree.of(results);
    assertThatThrownBy(() -> folder.publish(file, text("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file);
    assertThat(Tree.of(results)).isEqualTo(stored);
  }

  @Test
  void aFolderOrPipeInThePlaceOfAReportStays() throws Exception {
    SweepFolder folder = stored();
    folder(sweep.resolve("report.html"), "mine.txt");
    Map<String, String> stored = Tree.of(results);
    assertThatThrownBy(() -> folder.publish("report.html", text("x")))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("report.html: a folder is in the place of a file");
    assertThat(Tree.of(results)).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker-logs", "worker-logs/worker-1.log"})
  void aWorkersLogIsNotWrittenThroughALink(String where) throws Exception {
    SweepFolder folder = stored();
    Path place = sweep.resolve(where);
    Files.createDirectories(place.resolveSibling("."));
    boolean inside = where.equals("worker-logs");
    Files.createSymbolicLink(place, outside.resolve(inside ? "folder" : "secret.txt"));
    Map<String, String> stored = Tree.of(results);

    assertThatThrownBy(() -> folder.workerLog(1))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(place + ": a link is in the place of a f");
    if (!inside) {
      WorkerLog.of(place).keep("a line");
    }
    folder.clearLogs();

    assertThat(Tree.of(results)).isEqualTo(stored);
    assertOutsideIsAsBefore();
  }
}

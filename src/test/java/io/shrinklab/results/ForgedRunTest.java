package io.shrinklab.results;

import static io.shrinklab.results.TestRuns.ENDED;
import static io.shrinklab.results.TestRuns.ENVIRONMENT;
import static io.shrinklab.results.TestRuns.STARTED;
import static io.shrinklab.results.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose checksums hold and whose content is nonsense, and files that are no files. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Values of run.json that may be null. */
  private static final Set<String> NULLABLE =
      Set.of(
          "/best",
          "/best/testAccuracy",
          "/equalRows",
          "/chanceScore",
          "/copiedFrom",
          "/optimalityViolation",
          "/provenance/dirty");

  @TempDir Path results;

  private final RunSpec spec = TestRuns.spec("decay", 0.02, 3);

  private SweepFolder stored() throws ResultsException {
    SweepFolder folder = SweepFolder.open(results, "demo");
    TestRuns.store(folder, spec);
    return folder;
  }

  private void assertDamaged(SweepFolder folder, String reason) throws Exception {
    StoredRun found = folder.read(spec);
    assertThat(found.state()).as(reason).isEqualTo(RunState.DAMAGED);
    assertThat(found.detail()).startsWith(folder.path(spec) + ": ").contains(reason);
    assertThat(found.record()).isEmpty();
    // Nor does another sweep take it.
    RunSpec renamed = TestRuns.spec("other", 0.02, 3);
    assertThat(SweepFolder.open(results, "second").copy(renamed, folder.path(spec))).isFalse();
    assertThat(results.resolve("second")).doesNotExist();
  }

  /** Every value of a document but those of the spec, which is for people, as a JSON pointer. */
  private static List<String> places(JsonNode node, String at) {
    List<String> found = new ArrayList<>();
    node.properties()
        .forEach(
            entry -> {
              String place = at + "/" + entry.getKey();
              if (!place.equals("/sha256")) {
                found.add(place);
              }
              if (entry.getValue().isObject() && !place.equals("/spec")) {
                found.addAll(places(entry.getValue(), place));
              }
            });
    return found;
  }

  private static void set(ObjectNode document, String place, JsonNode value) {
    int slash = place.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) document.at(place.substring(0, slash));
    if (value.isMissingNode()) {
      parent.remove(place.substring(slash + 1));
    } else {
      parent.set(place.substring(slash + 1), value);
    }
  }

  /** No exception ever, and nothing counts as a run that lacks a value. */
  @ParameterizedTest
  @ValueSource(
      strings = {"null", "missing", "[]", "{}", "true", "-1.5", "\"\\u0000 text\"", "1e400"})
  void aRunJsonWithAnotherValueAnywhereIsDamagedOrRead(String value) throws Exception {
    SweepFolder folder = stored();
    Path file = folder.path(spec).resolve("run.json");
    byte[] whole = Files.readAllBytes(file);
    JsonNode other = value.equals("missing") ? JSON.missingNode() : JSON.readTree(value);
    List<String> places = places(JSON.readTree(whole), "");
    assertThat(places).hasSizeGreaterThan(40).contains("/files/metrics.csv/sha256");
    for (String place : places) {
      Files.write(file, whole);
      TestRuns.forge(folder.path(spec), document -> set(document, place, other));

      StoredRun found = folder.read(spec);

      boolean none = value.equals("null") || value.equals("missing");
      if (none && NULLABLE.contains(place)) {
        assertThat(found.state()).as(place).isEqualTo(RunState.COMPLETE);
      } else if (none && !isPrimitive(place) && !place.equals("/files/coefficients.csv")) {
        assertThat(found.state()).as(place).isEqualTo(RunState.DAMAGED);
        assertThat(found.detail()).as(place).contains("run.json");
      } else {
        assertThat(found.state()).as(place).isIn(RunState.DAMAGED, RunState.COMPLETE);
        assertThat(found.detail()).as(place).doesNotContain("io.shrinklab");
      }
    }
  }

  /** A number or boolean that is missing, and not null, may be one that older files lack. */
  private static boolean isPrimitive(String place) {
    return place.matches(
        "/(seed|epochs)|/best/.*|/sizes/.*|/equalRows/.*|/provenance/(threads|seconds)"
            + "|/files/.*/bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics.csv", "layers.csv", "weights.npz", "run.log"})
  void aCompleteRunHasAllItsFilesByNameAndChecksum(String file) throws Exception {
    SweepFolder folder = stored();
    TestRuns.forge(
        folder.path(spec), document -> ((ObjectNode) document.get("files")).remove(file));
    assertDamaged(folder, "run.json has no checksum of " + file);
  }

  @Test
  void aRunWithoutAnyFileIsNotComplete() throws Exception {
    SweepFolder folder = stored();
    TestRuns.forge(folder.path(spec), document -> document.putObject("files"));
    assertDamaged(folder, "run.json has no checksum of ");
  }

  /** As runs of other networks have none. */
  @Test
  void aRunWithoutCoefficientsIsComplete() throws Exception {
    SweepFolder folder = stored();
    TestRuns.forge(
        folder.path(spec),
        document -> ((ObjectNode) document.get("files")).remove("coefficients.csv"));
    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void aFailedRunHasNoWeightsButItsLog() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    folder.write(new RunFailure(spec, "why", List.of()), ENVIRONMENT, STARTED, ENDED, text("x"));
    assertThat(folder.read(spec).state()).isEqualTo(RunState.FAILED);
    TestRuns.forge(
        folder.path(spec), document -> ((ObjectNode) document.get("files")).remove("run.log"));
    assertDamaged(folder, "run.json has no checksum of run.log");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          metrics.csv      | ''
          metrics.csv      | garbage
          metrics.csv      | 'epoch,train_loss'
          metrics.csv      | HEADER
          metrics.csv      | 'HEADER1,2,3'
          metrics.csv      | 'HEADER1,x,x,x,x,x,x,x,x,x,x,x,x,x,,'
          metrics.csv      | 'HEADER"'
          metrics.csv      | 'HEADER"1"x,2'
          coefficients.csv | ''
          coefficients.csv | 'feature,coefficient\\n"a'
          coefficients.csv | 'feature,coefficient\\na,b'
          coefficients.csv | 'feature,coefficient\\na'
          """)
  void whatIsSealedAndCannotBeParsedIsDamagedInEveryLook(String file, String content)
      throws Exception {
    SweepFolder folder = stored();
    String header = Files.readAllLines(folder.path(spec).resolve("metrics.csv")).get(0) + "\n";
    TestRuns.forge(folder.path(spec), file, content.replace("HEADER", header).replace("\\n", "\n"));
    if (content.isEmpty() && file.equals("coefficients.csv")) {
      assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
      return;
    }
    assertDamaged(folder, file);
  }

  @Test
  void bytesThatAreNoTextAreDamaged() throws Exception {
    SweepFolder folder = stored();
    Path file = folder.path(spec).resolve("metrics.csv");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] = (byte) 0xff;
    Files.write(file, bytes);
    TestRuns.forge(
        folder.path(spec),
        document ->
            ((ObjectNode) document.at("/files/metrics.csv")).put("sha256", Sha256.of(bytes)));
    assertDamaged(folder, "metrics.csv cannot be parsed");
  }

  @Test
  void epochsOutOfOrderAreDamaged() throws Exception {
    SweepFolder folder = stored();
    List<String> lines =
        new ArrayList<>(Files.readAllLines(folder.path(spec).resolve("metrics.csv")));
    lines.set(2, lines.get(2).replaceFirst("^2,", "2147483647,"));
    TestRuns.forge(folder.path(spec), "metrics.csv", String.join("\n", lines) + "\n");
    assertDamaged(folder, "metrics.csv has the epoch 2147483647 in row 2");
  }

  /** Few reports draw them, and no look but theirs pays for their 49 columns. */
  @Test
  void layersThatCannotBeParsedAreToldWhereTheyAreAskedFor() throws Exception {
    SweepFolder folder = stored();
    TestRuns.forge(folder.path(spec), "layers.csv", "garbage\n");
    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
    assertThatThrownBy(() -> folder.layers(spec))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(folder.path(spec) + ": layers.csv");
  }

  @Test
  void aKeyGivenTwiceIsDamaged() throws Exception {
    SweepFolder folder = stored();
    Path file = folder.path(spec).resolve("run.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\\{", "{\"format\": 1, \"format\": 1, "));
    assertDamaged(folder, "run.json is not whole");
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
  void aSparseGiantIsDamagedWithoutBeingRead(String file) throws Exception {
    SweepFolder folder = stored();
    try (RandomAccessFile giant =
        new RandomAccessFile(folder.path(spec).resolve(file).toFile(), "rw")) {
      giant.setLength(1L << 40);
    } catch (IOException e) {
      Assumptions.abort("no sparse files here: " + e.getMessage());
    }
    assertDamaged(folder, file + " has 1099511627776 bytes; such a run has at most ");
    if (!file.equals("run.json")) {
      // Also if it is sealed with that size: nobody can have computed the checksum.
      TestRuns.forge(
          folder.path(spec),
          document -> ((ObjectNode) document.at("/files/" + file)).put("bytes", 1L << 40));
      assertDamaged(folder, file + " has 1099511627776 bytes; such a run has at most ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "metrics.csv", "layers.csv", "weights.npz", "run.log"})
  void aFolderInThePlaceOfAFileIsDamaged(String file) throws Exception {
    SweepFolder folder = stored();
    Files.delete(folder.path(spec).resolve(file));
    Files.createDirectory(folder.path(spec).resolve(file));
    assertDamaged(folder, file + " is a folder and no regular file");
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
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such pipes")
  void aPipeInThePlaceOfAFileIsDamagedAndNobodyWaitsForIt(String file) throws Exception {
    SweepFolder folder = stored();
    Path pipe = folder.path(spec).resolve(file);
    Files.delete(pipe);
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(pipe).exists();
    assertDamaged(folder, file + " is a pipe or a device and no regular file");

    TestRuns.store(folder, spec);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its paths may be as long")
  void whatTheSystemDoesNotShowIsUnreadableAndNotAbsent() throws Exception {
    Path deep = results;
    while (deep.toString().length() < 3_800) {
      deep = deep.resolve("x".repeat(200));
    }
    SweepFolder tooLong =
        SweepFolder.open(deep.resolve("y".repeat(255)).resolve("z".repeat(100)), "demo");
    assertThatThrownBy(tooLong::requireReadable)
        .isInstanceOf(ResultsException.class)
        .hasMessageStartingWith("Cannot read the results folder " + tooLong.path())
        .hasMessageContaining("File name too long");

    Path file = Files.writeString(results.resolve("file"), "x");
    assertThatThrownBy(SweepFolder.open(file, "demo")::variants)
        .hasMessageContaining("Not a directory");
    Files.writeString(Files.createDirectory(results.resolve("demo")).resolve("runs"), "x");
    SweepFolder wrong = SweepFolder.open(results, "demo");
    assertThatThrownBy(wrong::variants)
        .hasMessageContaining("runs: a file is in the place of a folder");
    assertThat(wrong.read(spec).state()).isEqualTo(RunState.UNREADABLE);
    assertThatThrownBy(() -> SweepFolder.lock(results, "demo"))
        .hasMessageContaining("runs: a file is in the place of a folder");
    assertThat(Arrays.asList(results.resolve("demo").toFile().list())).containsExactly("runs");
    Path loop = Files.createDirectory(results.resolve("loop")).resolve("runs");
    Files.createSymbolicLink(loop, loop);
    assertThatThrownBy(SweepFolder.open(results, "loop")::variants)
        .hasMessageContaining("runs: a link is in the place of a folder");
  }

  /** What cannot be read may be whole: it must not make room for another. */
  @Test
  void anUnreadableRunIsNotReplaced() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    Path run = folder.path(spec);
    Files.createDirectories(run.resolveSibling("."));
    Files.write(run, "mine".getBytes(StandardCharsets.UTF_8));
    assertThat(folder.read(spec).state()).isEqualTo(RunState.UNREADABLE);
    var before = Tree.of(results);
    assertThatThrownBy(() -> TestRuns.store(folder, spec))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(run + ": a file is in the place of a folder");
    assertThat(Tree.of(results)).isEqualTo(before);
  }
}

package io.shrinklab.results;

import static io.shrinklab.results.TestRuns.ENDED;
import static io.shrinklab.results.TestRuns.ENVIRONMENT;
import static io.shrinklab.results.TestRuns.STARTED;
import static io.shrinklab.results.TestRuns.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ASpec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepFolderTest {
  @TempDir Path results;

  private final RunSpec spec = TestRuns.spec("decay", 0.02, 3);

  private SweepFolder stored() throws ResultsException {
    SweepFolder folder = SweepFolder.open(results, "demo");
    folder.write(TestRuns.outcome(spec, 0.5), ENVIRONMENT, STARTED, ENDED, text("a log\n"));
    return folder;
  }

  @Test
  void aRunReadsBackAsItWasWritten() throws Exception {
    SweepFolder folder = stored();
    RunOutcome outcome = TestRuns.outcome(spec, 0.5);

    assertThat(folder.read(spec))
        .satisfies(stored -> assertThat(stored.detail()).isEmpty())
        .extracting(StoredRun::state)
        .isEqualTo(RunState.COMPLETE);
    RunRecord run = folder.read(spec).record().orElseThrow();
    assertThat(run.spec()).isEqualTo(spec);
    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(run.scoreName()).isEqualTo("accuracy");
    assertThat(run.epochs()).isEqualTo(outcome.epochs());
    assertThat(run.best()).isEqualTo(outcome.best());
    assertThat(run.sizes()).isEqualTo(outcome.sizes());
    assertThat(run.equalRows()).isEqualTo(new EqualRows(12, 3));
    assertThat(run.coefficients()).isEqualTo(outcome.coefficients()).hasSize(2);
    assertThat(run.provenance().dataSha256()).isEqualTo("d".repeat(64));
    assertThat(run.provenance().weightsSha256()).isEqualTo("e".repeat(64));
    assertThat(run.provenance().cpu()).isEqualTo("cpu");
    assertThat(run.provenance().startedAt()).isEqualTo("2024-05-06T07:08:09Z");
    assertThat(run.provenance().seconds()).isEqualTo(1.5);
    assertThat(folder.layers(spec)).isEqualTo(outcome.layers());
    // Of those asked for it has one; best weights are the last ones here, and no file.
    assertThat(folder.files(spec, Set.of("weights.npz", "best-weights.npz")))
        .containsOnlyKeys("weights.npz")
        .containsEntry("weights.npz", outcome.weights().npz());
    try (Stream<Path> files = Files.list(folder.path(spec))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "run.json",
              "metrics.csv",
              "layers.csv",
              "weights.npz",
              "run.log",
              "coefficients.csv");
    }
    assertThat(folder.path(spec))
        .isEqualTo(results.resolve("demo/runs/decay/seed-3-" + Identity.of(spec).substring(0, 8)));
  }

  @Test
  void aFolderThatWasNeverWrittenHoldsNothingAndIsNotCreatedByALook() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    assertThat(folder.read(spec)).isEqualTo(new StoredRun(RunState.ABSENT, "", Optional.empty()));
    folder.requireReadable();
    assertThat(folder.variants()).isEmpty();
    assertThat(results).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE", "ar-EG", "hi-IN-u-nu-deva"})
  void csvFilesAreTheSameInEveryLocale(String locale) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      SweepFolder folder = stored();
      for (String file : new String[] {"metrics.csv", "layers.csv"}) {
        try (var golden = SweepFolderTest.class.getResourceAsStream("golden-" + file)) {
          assertThat(golden).as("golden-" + file).isNotNull();
          assertThat(Files.readString(folder.path(spec).resolve(file)))
              .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "metrics.csv", "layers.csv", "weights.npz", "run.log"})
  void aTruncatedFileIsFoundAndNotRead(String file) throws Exception {
    SweepFolder folder = stored();
    Path damaged = folder.path(spec).resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(folder.read(spec).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(spec).detail()).contains(file);
    assertThat(folder.read(spec).record()).isEmpty();
    assertThatThrownBy(() -> folder.layers(spec))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(file);
    assertThatThrownBy(() -> folder.files(spec, Set.of("run.json")))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "metrics.csv", "layers.csv", "weights.npz", "run.log"})
  void oneChangedByteIsFoundAndNotRead(String file) throws Exception {
    SweepFolder folder = stored();
    Path damaged = folder.path(spec).resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    // In run.json the change keeps the document well formed: a digit of the seed's neighbourhood.
    int at =
        file.equals("run.json")
            ? new String(bytes, StandardCharsets.UTF_8).indexOf("0.9,")
            : bytes.length / 2;
    bytes[at] = (byte) (bytes[at] == '1' ? '2' : '1');
    Files.write(damaged, bytes);

    assertThat(folder.read(spec).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(spec).detail()).contains(file).contains("checksum");
    assertThat(folder.read(spec).record()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "metrics.csv", "layers.csv", "weights.npz", "run.log"})
  void aMissingFileIsFoundAndNotRead(String file) throws Exception {
    SweepFolder folder = stored();
    Files.delete(folder.path(spec).resolve(file));

    assertThat(folder.read(spec).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(spec).detail()).contains(file + " is missing");
    assertThat(folder.read(spec).record()).isEmpty();
  }

  @Test
  void aDamagedRunIsReplacedByTheNextWriting() throws Exception {
    SweepFolder folder = stored();
    Files.writeString(folder.path(spec).resolve("metrics.csv"), "epoch\n");
    assertThat(folder.read(spec).missing()).isTrue();

    folder.write(TestRuns.outcome(spec, 0.5), ENVIRONMENT, STARTED, ENDED, text(""));

    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
    assertThat(folder.path(spec).getParent()).isDirectoryContaining("glob:**seed-3-*");
    try (Stream<Path> siblings = Files.list(folder.path(spec).getParent())) {
      assertThat(siblings).containsExactly(folder.path(spec));
    }
  }

  @Test
  void theFolderOfAnotherRunUnderThisNameIsNotRead() throws Exception {
    SweepFolder folder = stored();
    RunSpec other = TestRuns.spec("decay", 0.03, 3);
    Files.move(folder.path(spec), folder.path(other));

    assertThat(folder.read(other).state()).isEqualTo(RunState.DAMAGED);
    assertThat(folder.read(other).detail())
        .contains(Identity.of(spec))
        .contains(Identity.of(other));
    assertThat(folder.read(other).record()).isEmpty();
  }

  @Test
  void aChangedExperimentLeavesOlderRunsAsTheyAre() throws Exception {
    SweepFolder folder = stored();
    RunSpec changed = TestRuns.spec("decay", 0.05, 3);
    folder.write(TestRuns.outcome(changed, 1), ENVIRONMENT, STARTED, ENDED, text(""));

    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
    assertThat(folder.read(changed).state()).isEqualTo(RunState.COMPLETE);
    assertThat(folder.path(changed)).isNotEqualTo(folder.path(spec));
  }

  @Test
  void aFailedRunIsARowAndIsTriedAgain() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    folder.write(
        new RunFailure(spec, "ran out of heap", List.of(TestRuns.epoch(1, 3, 0.5))),
        ENVIRONMENT,
        STARTED,
        ENDED,
        text("tail"));

    assertThat(folder.read(spec).state()).isEqualTo(RunState.FAILED);
    assertThat(folder.read(spec).detail()).isEqualTo("ran out of heap");
    assertThat(folder.read(spec).missing()).isTrue();
    RunRecord run = folder.read(spec).record().orElseThrow();
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.reason()).isEqualTo("ran out of heap");
    assertThat(run.epochs()).containsExactly(TestRuns.epoch(1, 3, 0.5));
    assertThat(Files.readString(folder.path(spec).resolve("run.log"))).isEqualTo("tail");

    folder.write(TestRuns.outcome(spec, 1), ENVIRONMENT, STARTED, ENDED, text(""));
    assertThat(folder.read(spec).state()).isEqualTo(RunState.COMPLETE);
  }

  @Test
  void aCompleteRunIsNotOverwrittenByALateFailure() throws Exception {
    SweepFolder folder = stored();
    folder.write(new RunFailure(spec, "late", List.of()), ENVIRONMENT, STARTED, ENDED, text(""));
    assertThat(folder.read(spec).record().orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void aHalfWrittenRunIsIncompleteAndCleanedByTheHolderOfTheLock() throws Exception {
    SweepFolder reader = SweepFolder.open(results, "demo");
    Path half =
        reader.path(spec).resolveSibling(reader.path(spec).getFileName() + ".incomplete-0a1b2c3d");
    Files.createDirectories(half);
    Files.writeString(half.resolve("metrics.csv"), "epoch,tra");
    Files.writeString(results.resolve("demo/report.html.incomplete-0a1b2c3d"), "<html");
    assertThat(reader.read(spec).state()).isEqualTo(RunState.INCOMPLETE);
    assertThatThrownBy(reader::clean).isInstanceOf(IllegalStateException.class);
    try (SweepFolder shared = SweepFolder.share(results, "demo", WritePoint.PASS)) {
      assertThatThrownBy(shared::clean).isInstanceOf(IllegalStateException.class);
    }

    try (SweepFolder owner = SweepFolder.lock(results, "demo")) {
      owner.clean();
      assertThat(owner.read(spec).state()).isEqualTo(RunState.ABSENT);
    }
    assertThat(half).doesNotExist();
    assertThat(results.resolve("demo/report.html.incomplete-0a1b2c3d")).doesNotExist();
  }

  @Test
  void theSameRunOfAnotherSweepIsCopiedUnderItsNewNameAndSaysSo() throws Exception {
    SweepFolder first = stored();
    RunSpec renamed = TestRuns.spec("decay-by-another-name", 0.02, 3);
    SweepFolder second = SweepFolder.open(results, "second");

    assertThat(StoredRuns.under(results).candidates(renamed)).containsExactly(first.path(spec));
    assertThat(second.copy(renamed, first.path(spec))).isTrue();

    assertThat(second.read(renamed).state()).isEqualTo(RunState.COMPLETE);
    assertThat(second.read(renamed).record().orElseThrow().epochs())
        .isEqualTo(first.read(spec).record().orElseThrow().epochs());
    assertThat(Files.readString(second.path(renamed).resolve("run.json")))
        .contains(
            "\"copiedFrom\" : \"demo/runs/decay/" + first.path(spec).getFileName().toString());
  }

  @Test
  void aDamagedOrFailedOrDifferentRunIsNotCopied() throws Exception {
    SweepFolder first = stored();
    SweepFolder second = SweepFolder.open(results, "second");
    assertThat(second.copy(TestRuns.spec("decay", 1, 3), first.path(spec))).isFalse();
    Files.writeString(first.path(spec).resolve("weights.npz"), "other");
    assertThat(second.copy(spec, first.path(spec))).isFalse();
    RunSpec failed = TestRuns.spec("decay", 0.02, 4);
    first.write(new RunFailure(failed, "why", List.of()), ENVIRONMENT, STARTED, ENDED, text(""));
    assertThat(second.copy(failed, first.path(failed))).isFalse();
    assertThat(results.resolve("second")).doesNotExist();
  }

  @Test
  void aReportIsPublishedWholeOrNotAtAll() throws Exception {
    SweepFolder folder = SweepFolder.open(results, "demo");
    folder.publish("charts/loss.png", text("first"));
    assertThatThrownBy(
            () ->
                folder.publish(
                    "charts/loss.png",
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("give the same command again");
    assertThat(results.resolve("demo/charts/loss.png")).hasContent("first");
    try (Stream<Path> charts = Files.list(results.resolve("demo/charts"))) {
      assertThat(charts).hasSize(1);
    }
    folder.publish("charts/loss.png", text("second"));
    assertThat(results.resolve("demo/charts/loss.png")).hasContent("second");
  }

  @Test
  void aLargeFileTakesNoNativeMemoryOfItsSize() throws Exception {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = new byte[16 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i / 1000);
    }
    long before = direct.getMemoryUsed();
    SweepFolder.open(results, "demo").publish("report.html", out -> out.write(bytes));
    // Java keeps for each thread the largest buffer that it has copied through.
    assertThat(direct.getMemoryUsed() - before).isLessThanOrEqualTo(2 << 20);
    assertThat(results.resolve("demo/report.html")).hasBinaryContent(bytes);
  }

  @Test
  void aReportCannotBePublishedOutsideItsFolderOrAmongTheRuns() {
    SweepFolder folder = SweepFolder.open(results, "demo");
    assertThatThrownBy(() -> folder.publish("../other.html", text("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.publish("runs/x", text("")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void accuraciesReadBackAndFilesFromBeforeThereWereAnyAreRead() throws Exception {
    EpochMetrics row = TestRuns.epoch(1, 3, 0.5);
    EpochMetrics both = counted(0.75, 1 / 3.0);
    Path file = results.resolve("metrics.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      MetricsCsv.content(List.of(row, both)).writeTo(out);
    }
    assertThat(MetricsCsv.read(Files.readAllBytes(file))).containsExactly(row, both);

    Files.writeString(
        file,
        """
        epoch,train_loss,train_score,val_loss,val_score,penalty,lp_norm,lp_power_sum,near_zero_fraction,learning_rate,seconds,total_loss,exact_zero_fraction,gradient_ratio
        1,2,3,4,5,6,7,8,9,10,11,12,13,14
        """);
    EpochMetrics older = counted(Double.NaN, Double.NaN);
    assertThat(MetricsCsv.read(Files.readAllBytes(file))).containsExactly(older);
    Files.writeString(file, "epoch,train_loss\n1,2\n");
    assertThatThrownBy(() -> MetricsCsv.read(Files.readAllBytes(file)))
        .isInstanceOf(DamagedException.class);
  }

  /** 1, 2, ... 14 in the columns of the oldest files, and the accuracies. */
  private static EpochMetrics counted(double trainAccuracy, double validationAccuracy) {
    ARow row = ARow.of(1);
    for (int column = 1; column < 14; column++) {
      row.with(Metric.COLUMNS.get(column - 1), column + 1);
    }
    return row.with(Metric.TRAIN_ACCURACY, trainAccuracy)
        .with(Metric.VALIDATION_ACCURACY, validationAccuracy)
        .row();
  }

  /** Without accuracies the hash is what it was before there were such columns. */
  @Test
  void theHashOfMetricsIsOfTheNumbersThatThereAre() throws Exception {
    ByteBuffer bits = ByteBuffer.allocate(4 + 12 * 8).putInt(1);
    for (int number : new int[] {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14}) {
      bits.putDouble(number);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bits.array());
    digest.update(
        ("epoch,train_loss,train_score,val_loss,val_score,penalty,lp_norm,lp_power_sum,"
                + "near_zero_fraction,learning_rate,seconds,total_loss,exact_zero_fraction,"
                + "gradient_ratio")
            .getBytes(StandardCharsets.US_ASCII));
    EpochMetrics older = counted(Double.NaN, Double.NaN);
    EpochMetrics both = counted(0.5, 0.75);
    EpochMetrics other = counted(0.5, 0.5);
    assertThat(MetricsCsv.sha256(List.of(older)))
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
    assertThat(MetricsCsv.sha256(List.of(both)))
        .isNotEqualTo(MetricsCsv.sha256(List.of(older)))
        .isNotEqualTo(MetricsCsv.sha256(List.of(other)));
  }

  @Test
  void aRunFromBeforeEqualRowsWereCountedIsRead() throws Exception {
    SweepFolder folder = stored();
    Path file = folder.path(spec).resolve("run.json");
    ObjectNode document = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    document.remove("equalRows");
    ((ObjectNode) document.get("best")).remove("testAccuracy");
    document.remove("sha256");
    document.put("sha256", Sha256.of(new ObjectMapper().writeValueAsBytes(document)));
    Files.writeString(file, document.toString());
    RunRecord run = folder.read(spec).record().orElseThrow();
    assertThat(run.equalRows()).isNull();
    assertThat(run.best()).isEqualTo(TestRuns.outcome(spec, 0.5).best());
  }

  @Test
  void aValidationPoolThatWasNotRecordedIsTakenAsSmallAsItCanBe() throws Exception {
    DataSpec npz =
        new DataSpec.Npz("x.npz", "", Rows.of(700), Rows.of(200), DataSpec.Split.PER_SEED, 0);
    PartSizes sizes = new PartSizes(700, 200, 0, 800, 400);
    PartSizes onePool = new PartSizes(300, 600, 897, 1797, 0);
    assertThat(readBack(npz, sizes, true)).isEqualTo(sizes);
    assertThat(readBack(npz, sizes, false)).isEqualTo(new PartSizes(700, 200, 0, 800, 201));
    DataSpec all =
        new DataSpec.Npz("x.npz", "", Rows.of(700), Rows.of(0), DataSpec.Split.PER_SEED, 0);
    assertThat(readBack(all, new PartSizes(700, 400, 0, 800, 400), false))
        .isEqualTo(new PartSizes(700, 400, 0, 800, 400));
    assertThat(readBack(ASpec.digits(300, 600, DataSpec.Split.PER_SEED), onePool, false))
        .isEqualTo(onePool);
  }

  private PartSizes readBack(DataSpec data, PartSizes sizes, boolean recorded) throws Exception {
    RunSpec run = ASpec.named("any").data(data).seed(0);
    SweepFolder folder = SweepFolder.open(results, recorded ? "new" : "old");
    TestRuns.store(folder, run);
    ObjectNode object = new ObjectMapper().valueToTree(sizes);
    if (!recorded) {
      object.remove("validationPool");
    }
    TestRuns.forge(folder.path(run), document -> document.set("sizes", object));
    return folder.read(run).record().orElseThrow().sizes();
  }

  @Test
  void theHashOfMetricsChangesWithAnyColumnButSeconds() {
    var rows = TestRuns.outcome(spec, 0.5).epochs();
    assertThat(MetricsCsv.sha256(TestRuns.outcome(spec, 99).epochs()))
        .isEqualTo(MetricsCsv.sha256(rows))
        .matches("[0-9a-f]{64}");
    assertThat(MetricsCsv.sha256(TestRuns.outcome(TestRuns.spec("decay", 0.02, 4), 0.5).epochs()))
        .isNotEqualTo(MetricsCsv.sha256(rows));
    assertThat(MetricsCsv.sha256(rows.subList(0, 2))).isNotEqualTo(MetricsCsv.sha256(rows));
  }
}
